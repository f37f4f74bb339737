package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code calendar/getSchedule}: who is busy when (docs/facts/outlook.md, section 3). A mailbox that
 * is unknown, or that is set to fail, has an error in place of its times; the answer is 200 even
 * so.
 */
final class GetSchedule {
  private static final int MOST_SCHEDULES = 20;
  private static final int MOST_DAYS = 62;
  private static final int USUAL_MINUTES = 30;
  private static final int LEAST_MINUTES = 5;
  private static final int MOST_MINUTES = 1440;
  private static final Set<String> MEMBERS =
      Set.of("schedules", "starttime", "endtime", "availabilityviewinterval");

  /** Where times overlap in the view, the strongest shows. */
  private static final List<String> WEAKEST_FIRST =
      List.of("free", "workingElsewhere", "tentative", "busy", "oof");

  /** How the view writes them, in the same order. */
  private static final String DIGITS = "04123";

  private final GraphMailboxes mailboxes;

  GetSchedule(GraphMailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  private record Window(Instant from, Instant to, Duration step) {
    /** How many steps of the window begin before the time. */
    int stepsBefore(Instant time) {
      Instant within = time.isBefore(to) ? time : to;
      long seconds = Math.max(0, Duration.between(from, within).toSeconds());
      return (int) ((seconds + step.toSeconds() - 1) / step.toSeconds());
    }

    /** The step in which the time lies; the first one for an earlier time. */
    int stepOf(Instant time) {
      return (int) (Math.max(0, Duration.between(from, time).toSeconds()) / step.toSeconds());
    }
  }

  /** The answer to a call; the members of the body may begin with a capital. */
  ObjectNode answer(ObjectNode body, GraphPrefer prefer, GraphSettings settings) {
    Map<String, JsonNode> given = new TreeMap<>();
    body.propertyStream()
        .filter(member -> !member.getKey().contains("@odata."))
        .forEach(member -> given.put(known(member.getKey()), member.getValue()));
    JsonNode schedules = given.getOrDefault("schedules", Json.object().nullNode());
    if (!schedules.isArray() || schedules.isEmpty() || schedules.size() > MOST_SCHEDULES) {
      throw invalid("There must be 1 to " + MOST_SCHEDULES + " schedules.");
    }
    Window window = window(given);
    ObjectNode answer = Json.object();
    ArrayNode value = answer.putArray("value");
    for (JsonNode address : schedules) {
      value.add(one(address.asText(), window, prefer, settings));
    }
    return answer;
  }

  private static String known(String member) {
    String name = member.toLowerCase(Locale.ROOT);
    boolean spelled = member.substring(1).equals(spelling(name).substring(1));
    if (!MEMBERS.contains(name) || !spelled) {
      throw invalid("The parameter '" + member + "' is not known.");
    }
    return name;
  }

  private static String spelling(String name) {
    return switch (name) {
      case "starttime" -> "startTime";
      case "endtime" -> "endTime";
      case "availabilityviewinterval" -> "availabilityViewInterval";
      default -> name;
    };
  }

  private static Window window(Map<String, JsonNode> given) {
    Instant from = time(given, "starttime");
    Instant to = time(given, "endtime");
    if (!from.isBefore(to)
        || Duration.between(from, to).compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
      throw invalid("The time must be longer than nothing and at most " + MOST_DAYS + " days.");
    }
    JsonNode interval = given.get("availabilityviewinterval");
    int minutes = interval == null || interval.isNull() ? USUAL_MINUTES : interval.asInt();
    if (minutes < LEAST_MINUTES || minutes > MOST_MINUTES) {
      throw invalid("The interval must be from 5 to 1440 minutes.");
    }
    return new Window(from, to, Duration.ofMinutes(minutes));
  }

  private static Instant time(Map<String, JsonNode> given, String name) {
    return GraphTimes.read(given.getOrDefault(name, Json.object()), spelling(name));
  }

  private ObjectNode one(
      String address, Window window, GraphPrefer prefer, GraphSettings settings) {
    ObjectNode schedule = Json.object().put("scheduleId", address);
    if (!mailboxes.has(address)) {
      return withError(schedule, "ErrorMailRecipientNotFound", "The address was not found.");
    }
    if (settings.failingSchedules().contains(mailboxes.address(address))) {
      return withError(schedule, "ErrorFreeBusyGenerationFailed", "Made by the sandbox.");
    }
    List<GraphEvent> events =
        mailboxes.events(address).stream()
            .filter(event -> mailboxes.isListed(event, settings))
            .flatMap(event -> GraphSeries.within(event, window.from(), window.to()))
            .sorted(Comparator.comparing(GraphEvent::start))
            .toList();
    schedule.put("availabilityView", view(events, window));
    ArrayNode items = schedule.putArray("scheduleItems");
    events.forEach(event -> items.add(item(event, prefer)));
    schedule.set("workingHours", workingHours(prefer));
    return schedule;
  }

  private static ObjectNode withError(ObjectNode schedule, String code, String message) {
    schedule.putObject("error").put("message", message).put("responseCode", code);
    return schedule;
  }

  private static String view(List<GraphEvent> events, Window window) {
    int[] strongest = new int[window.stepsBefore(window.to())];
    for (GraphEvent event : events) {
      int strength = Math.max(0, WEAKEST_FIRST.indexOf(status(event)));
      for (int i = window.stepOf(event.start()); i < window.stepsBefore(event.end()); i++) {
        strongest[i] = Math.max(strongest[i], strength);
      }
    }
    return IntStream.of(strongest)
        .mapToObj(strength -> DIGITS.charAt(strength))
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  private static String status(GraphEvent event) {
    return event.content().path("showAs").asText("busy");
  }

  /** What is private says neither what it is nor where. */
  private static ObjectNode item(GraphEvent event, GraphPrefer prefer) {
    boolean isPrivate = event.content().path("sensitivity").asText().equals("private");
    ObjectNode item = Json.object().put("isPrivate", isPrivate).put("status", status(event));
    if (!isPrivate) {
      item.put("subject", event.content().path("subject").asText());
      item.put("location", event.content().at("/location/displayName").asText());
    }
    item.set("start", event.time("start", prefer));
    item.set("end", event.time("end", prefer));
    return item;
  }

  private static ObjectNode workingHours(GraphPrefer prefer) {
    ObjectNode hours = Json.object();
    ArrayNode days = hours.putArray("daysOfWeek");
    List.of("monday", "tuesday", "wednesday", "thursday", "friday").forEach(days::add);
    hours.put("startTime", "08:00:00.0000000").put("endTime", "17:00:00.0000000");
    hours.putObject("timeZone").put("name", prefer.zone());
    return hours;
  }

  private static GraphException invalid(String message) {
    return new GraphException(400, "ErrorInvalidParameter", message);
  }
}
