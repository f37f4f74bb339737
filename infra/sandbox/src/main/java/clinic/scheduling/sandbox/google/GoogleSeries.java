package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recurring events: a daily or weekly {@code RRULE}, with or without {@code COUNT}. The id of an
 * instance consists of the id of its series and the time that the rule gives it. A changed instance
 * is stored under that id, and is deleted with the series.
 */
final class GoogleSeries {
  private static final int MOST = 1_000;
  private static final Pattern RULE =
      Pattern.compile("RRULE:FREQ=(DAILY|WEEKLY)(?:;COUNT=([0-9]{1,3}))?");
  private static final DateTimeFormatter STARTS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private GoogleSeries() {}

  static void check(ObjectNode content) {
    rule(content);
    if (!content.path("start").hasNonNull("timeZone")) {
      throw new GoogleException(400, "required", "Missing time zone definition for start time.");
    }
  }

  /** Replaces each series by its instances, as a list with {@code singleEvents} does. */
  static Stream<GoogleEvent> expanded(Collection<GoogleEvent> events) {
    Map<String, GoogleEvent> changed =
        events.stream()
            .filter(event -> event.content().has("recurringEventId"))
            .collect(Collectors.toMap(GoogleEvent::id, Function.identity()));
    return events.stream()
        .filter(event -> !changed.containsKey(event.id()))
        .flatMap(
            event ->
                event.isSeries() && !event.cancelled()
                    ? instances(event).map(one -> changed.getOrDefault(one.id(), one))
                    : Stream.of(event));
  }

  /** The instance of this series with the id, as the rule generates it. */
  static Optional<GoogleEvent> instance(GoogleEvent series, String id) {
    return series.isSeries() && !series.cancelled()
        ? instances(series).filter(one -> one.id().equals(id)).findFirst()
        : Optional.empty();
  }

  private static Stream<GoogleEvent> instances(GoogleEvent series) {
    Matcher rule = rule(series.content());
    int days = rule.group(1).equals("DAILY") ? 1 : 7;
    int most = rule.group(2) == null ? MOST : Integer.parseInt(rule.group(2));
    ZoneId zone = ZoneId.of(series.content().path("start").path("timeZone").asText());
    ZonedDateTime first = series.start().atZone(zone);
    return IntStream.range(0, most)
        .mapToObj(number -> first.plusDays((long) number * days).toInstant())
        .map(start -> instance(series, start, zone));
  }

  private static GoogleEvent instance(GoogleEvent series, Instant start, ZoneId zone) {
    Duration length = Duration.between(series.start(), series.end());
    String id = series.id() + "_" + STARTS.format(start);
    ObjectNode content = series.content().deepCopy();
    content.remove("recurrence");
    content.put("id", id).put("recurringEventId", series.id());
    content.set("start", time(start, zone, "start"));
    content.set("end", time(start.plus(length), zone, "end"));
    content.set("originalStartTime", content.get("start"));
    return new GoogleEvent(id, content, series.version());
  }

  private static ObjectNode time(Instant instant, ZoneId zone, String member) {
    ObjectNode time =
        Json.object().put("dateTime", instant.toString()).put("timeZone", zone.getId());
    GoogleTimes.normalize(time, member);
    return time;
  }

  private static Matcher rule(JsonNode content) {
    JsonNode lines = content.path("recurrence");
    Matcher rule = RULE.matcher(lines.path(0).asText());
    if (lines.size() != 1 || !rule.matches()) {
      throw GoogleException.invalid("Not a recurrence that is known here: " + lines);
    }
    return rule;
  }
}
