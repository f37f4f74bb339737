package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recurring events, daily or weekly. The stand-in refuses any other pattern. */
final class GraphSeries {
  private static final int MOST = 1_000;
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

  private GraphSeries() {}

  /** A single event itself, or the occurrences of a series without the series. */
  static Stream<GraphEvent> expanded(GraphEvent event) {
    return event.isSeries() ? occurrences(event) : Stream.of(event);
  }

  /** A single event itself, or a series and its occurrences. */
  static Stream<GraphEvent> withOccurrences(GraphEvent event) {
    return event.isSeries()
        ? Stream.concat(Stream.of(event), occurrences(event))
        : Stream.of(event);
  }

  static void check(ObjectNode content) {
    if (content.hasNonNull("recurrence")) {
      JsonNode recurrence = content.get("recurrence");
      days(recurrence.path("pattern"));
      if (!recurrence.path("range").path("startDate").isTextual()) {
        throw GraphException.badRequest("A recurrence needs a range with a startDate.");
      }
      within(recurrence.path("range"));
    }
  }

  private static Stream<GraphEvent> occurrences(GraphEvent master) {
    ZoneId zone = GraphTimes.zone(master.content().path("start").path("timeZone").asText());
    LocalDateTime first = LocalDateTime.ofInstant(master.start(), zone);
    Duration length = Duration.between(master.start(), master.end());
    JsonNode recurrence = master.content().path("recurrence");
    int days = days(recurrence.path("pattern"));
    boolean numbered = recurrence.path("range").path("type").asText().equals("numbered");
    int most = numbered ? recurrence.path("range").path("numberOfOccurrences").asInt() : MOST;
    return IntStream.range(0, most)
        .mapToObj(number -> first.plusDays((long) number * days))
        .takeWhile(start -> within(recurrence.path("range")).test(start.toLocalDate()))
        .map(start -> occurrence(master, start, start.atZone(zone).toInstant().plus(length), zone));
  }

  private static GraphEvent occurrence(
      GraphEvent master, LocalDateTime start, Instant end, ZoneId zone) {
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(start);
    ObjectNode content = master.content().deepCopy();
    content.set("start", time(start, zone));
    content.set("end", time(LocalDateTime.ofInstant(end, zone), zone));
    if (master.exceptions().get(day) instanceof ObjectNode change) {
      content.setAll(change.deepCopy());
    }
    return master.occurrence(day, content);
  }

  private static ObjectNode time(LocalDateTime local, ZoneId zone) {
    return Json.object()
        .put("dateTime", LOCAL.format(local))
        .put("timeZone", zone.getId().equals("Z") ? "UTC" : zone.getId());
  }

  private static int days(JsonNode pattern) {
    int interval = pattern.path("interval").asInt(0);
    boolean oneDayAWeek = pattern.path("daysOfWeek").size() == 1;
    if (interval > 0 && pattern.path("type").asText().equals("daily")) {
      return interval;
    }
    if (interval > 0 && oneDayAWeek && pattern.path("type").asText().equals("weekly")) {
      return 7 * interval;
    }
    throw GraphException.badRequest("Not a recurrence pattern that is known here: " + pattern);
  }

  private static Predicate<LocalDate> within(JsonNode range) {
    return switch (range.path("type").asText()) {
      case "noEnd", "numbered" -> day -> true;
      case "endDate" -> {
        LocalDate last = LocalDate.parse(range.path("endDate").asText());
        yield day -> !day.isAfter(last);
      }
      default -> throw GraphException.badRequest("A recurrence needs a range with a type.");
    };
  }
}
