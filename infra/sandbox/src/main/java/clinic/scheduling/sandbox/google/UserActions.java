package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person does with an event in Google Calendar. An action on one instance of a series makes
 * it an event of its own.
 */
final class UserActions {
  private static final Pattern ENDS = Pattern.compile(";(?:COUNT=(\\d+)|UNTIL=[^;]+)");

  private static final Pattern ONE_DAY =
      Pattern.compile("(RRULE:(?=.*FREQ=WEEKLY).*BYDAY=)[A-Z]{2}(?=;|$)");

  private final GoogleCalendars calendars;
  private final Clock clock;

  UserActions(GoogleCalendars calendars, Clock clock) {
    this.calendars = calendars;
    this.clock = clock;
  }

  GoogleEvent put(String calendar, ObjectNode body) {
    String chosen = body.path("id").asText("");
    return calendars.make(calendar, chosen.isEmpty() ? newId() : chosen, body);
  }

  /** Changes any members, as a PATCH does. */
  GoogleEvent change(String calendar, String id, ObjectNode body) {
    return calendars.changeByHand(calendar, id, body);
  }

  /** Deletes an event, a whole series, or one instance. */
  void delete(String calendar, String id) {
    calendars.delete(calendar, id, "*");
  }

  /** An action by its name. */
  GoogleEvent act(String action, String calendar, String id, ObjectNode body) {
    GoogleEvent event = calendars.event(calendar, id);
    return switch (action) {
      case "move" -> change(calendar, id, moved(event, text(body, "start")));
      case "shorten" ->
          change(
              calendar,
              id,
              times(event, start(event), Duration.ofMinutes(body.path("minutes").asLong(-1))));
      case "repeat" -> repeat(calendar, event, body);
      case "respond" -> respond(calendar, event, text(body, "response"));
      case "copy" -> copy(calendar, event, body);
      case "split" -> split(calendar, event, body);
      default -> throw new IllegalArgumentException("no action " + action);
    };
  }

  /** A series that repeats on one weekday moves to the weekday of its new start. */
  private static ObjectNode moved(GoogleEvent event, String start) {
    ObjectNode change = times(event, start, length(event));
    if (event.isSeries()) {
      String day = LocalDate.parse(start.substring(0, 10)).getDayOfWeek().name().substring(0, 2);
      ArrayNode lines = change.putArray("recurrence");
      for (JsonNode line : event.content().path("recurrence")) {
        lines.add(ONE_DAY.matcher(line.asText()).replaceFirst("$1" + day));
      }
    }
    return change;
  }

  private GoogleEvent repeat(String calendar, GoogleEvent event, ObjectNode body) {
    ObjectNode change = Json.object();
    change.set("recurrence", body.path("recurrence"));
    return change(calendar, event.id(), change);
  }

  /** The owner accepts, declines, or says perhaps. */
  private GoogleEvent respond(String calendar, GoogleEvent event, String response) {
    if (!List.of("accepted", "declined", "tentative", "needsAction").contains(response)) {
      throw new IllegalArgumentException("no response " + response);
    }
    ArrayNode attendees = Json.object().putArray("attendees");
    event.content().path("attendees").forEach(it -> attendees.add(it.deepCopy()));
    JsonNode self =
        attendees
            .valueStream()
            .filter(it -> it.path("email").asText().equalsIgnoreCase(calendar))
            .findFirst()
            .orElseGet(() -> attendees.addObject().put("email", calendar));
    ((ObjectNode) self).put("responseStatus", response);
    ObjectNode change = Json.object();
    change.set("attendees", attendees);
    return change(calendar, event.id(), change);
  }

  /** A new event with everything that the first has, its hidden properties too. */
  private GoogleEvent copy(String calendar, GoogleEvent event, ObjectNode body) {
    ObjectNode content = event.content().deepCopy();
    content.remove(List.of("iCalUID", "status"));
    content.setAll(times(event, body.path("start").asText(start(event)), length(event)));
    return calendars.make(calendar, newId(), content);
  }

  /** "This and following events": the series ends before the instance, and a new one begins. */
  private GoogleEvent split(String calendar, GoogleEvent instance, ObjectNode body) {
    if (!instance.isInstance()) {
      throw new IllegalArgumentException("not an instance of a series");
    }
    GoogleEvent series =
        calendars.event(calendar, instance.content().path("recurringEventId").asText());
    GoogleSeries.Split split = new GoogleSeries(series).around(instance, clock.instant());
    if (split.before() == 0) {
      throw new IllegalArgumentException("the first instance cannot be split off");
    }
    ObjectNode rest = series.content().deepCopy();
    rest.setAll(times(series, text(split.allDay(), split.at(), split), length(series)));
    rest.set("recurrence", rules(series, split, false));
    rest.remove(List.of("status", "iCalUID"));
    rest.setAll(body);
    ObjectNode ended = Json.object();
    ended.set("recurrence", rules(series, split, true));
    change(calendar, series.id(), ended);
    return calendars.make(calendar, series.id() + "_" + split.suffix(), rest);
  }

  /** The lines of the series with another end: before the split, or what is left after it. */
  private static ArrayNode rules(GoogleEvent series, GoogleSeries.Split split, boolean before) {
    ArrayNode lines = Json.object().putArray("recurrence");
    for (JsonNode line : series.content().path("recurrence")) {
      String text = line.asText();
      if (text.startsWith("RRULE:")) {
        Matcher end = ENDS.matcher(text);
        boolean counted = end.find() && end.group(1) != null;
        String open = end.replaceAll("");
        if (before) {
          text = open + ";UNTIL=" + split.until();
        } else if (counted) {
          end.reset();
          end.find();
          text = open + ";COUNT=" + (Integer.parseInt(end.group(1)) - split.before());
        }
      }
      lines.add(text);
    }
    return lines;
  }

  private static String text(boolean allDay, Instant at, GoogleSeries.Split split) {
    return allDay ? at.atZone(split.zone()).toLocalDate().toString() : at.toString();
  }

  /** The start and end members for another start; the kind and the time zone stay. */
  private static ObjectNode times(GoogleEvent event, String start, Duration length) {
    if (length.isNegative()) {
      throw new IllegalArgumentException("minutes must be 0 or more");
    }
    ObjectNode times = Json.object();
    if (event.content().path("start").has("date")) {
      LocalDate day = LocalDate.parse(start);
      times.putObject("start").put("date", day.toString());
      times.putObject("end").put("date", day.plusDays(length.plusHours(1).toDays()).toString());
    } else {
      OffsetDateTime from = OffsetDateTime.parse(start);
      times.putObject("start").put("dateTime", from.toString());
      times.putObject("end").put("dateTime", from.plus(length).toString());
      for (String member : List.of("start", "end")) {
        String zone = event.content().path(member).path("timeZone").asText();
        times.withObjectProperty(member).put("timeZone", zone);
      }
    }
    return times;
  }

  private static Duration length(GoogleEvent event) {
    return Duration.between(event.start(), event.end());
  }

  private static String start(GoogleEvent event) {
    JsonNode start = event.content().path("start");
    return start.path(start.has("date") ? "date" : "dateTime").asText();
  }

  private static String text(ObjectNode body, String member) {
    if (!body.hasNonNull(member)) {
      throw new IllegalArgumentException("needs " + member);
    }
    return body.get(member).asText();
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
