package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * A recurring event and its instances. The id of an instance consists of the id of its series and
 * the time that the rule gives it. A changed instance is an event of its own under that id.
 *
 * <p>A series without an end has instances until {@link #AHEAD} from now. A rule with more than
 * {@value #MOST} instances is refused.
 */
final class GoogleSeries {
  /** How far ahead a series without an end has instances. */
  static final Period AHEAD = Period.ofDays(731);

  static final int MOST = 5_000;
  private static final Duration LONGEST = Duration.ofDays(36_525);
  private static final DateTimeFormatter TIMED =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATED = DateTimeFormatter.BASIC_ISO_DATE;

  private final GoogleEvent series;
  private final ZoneId zone;
  private final LocalDateTime first;
  private final boolean allDay;
  private final RecurrenceLines lines;

  GoogleSeries(GoogleEvent series) {
    JsonNode start = series.content().path("start");
    this.series = series;
    allDay = start.hasNonNull("date");
    zone = allDay ? GoogleTimes.CALENDAR_ZONE : ZoneId.of(start.path("timeZone").asText());
    first = LocalDateTime.ofInstant(series.start(), zone);
    lines = new RecurrenceLines(series.content().path("recurrence"), first, zone);
  }

  /**
   * Refuses a recurrence that is wrong, or that the stand-in does not know.
   *
   * @param content of the whole event, with normalized times
   */
  static void check(ObjectNode content, Instant now) {
    GoogleSeries series = new GoogleSeries(new GoogleEvent("", content, 0, 0));
    try {
      if (series.all(now).size() <= MOST) {
        return;
      }
    } catch (IllegalArgumentException tooMany) {
      // refused below
    }
    throw GoogleException.invalid("More than " + MOST + " instances are not known here.");
  }

  /** All instances as the rule generates them, in the order of their times. */
  List<GoogleEvent> instances(Instant now) {
    return all(now).stream().map(this::instance).toList();
  }

  /** The instance with the id as the rule generates it; empty if the rule does not. */
  Optional<GoogleEvent> instance(String id) {
    if (!id.startsWith(series.id() + "_")) {
      return Optional.empty();
    }
    try {
      Instant start = start(id.substring(series.id().length() + 1));
      return lines.starts(start, start.plusMillis(1)).stream().findFirst().map(this::instance);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Where the series is cut if this instance begins a new one. */
  Split around(GoogleEvent instance, Instant now) {
    Instant at = GoogleTimes.read(instance.content().path("originalStartTime"), "start");
    List<LocalDateTime> all = all(now);
    long before = all.stream().filter(start -> lines.instant(start).isBefore(at)).count();
    return new Split(Math.toIntExact(before), at, allDay, zone);
  }

  /**
   * A cut through a series.
   *
   * @param before how many instances the old series keeps
   * @param at the start of the first instance of the new series
   */
  record Split(int before, Instant at, boolean allDay, ZoneId zone) {
    /** The value of {@code UNTIL} that ends the series just before the split. */
    String until() {
      return allDay
          ? DATED.format(at.atZone(zone).toLocalDate().minusDays(1))
          : TIMED.format(at.minusSeconds(1));
    }

    /** The end of the new id, as Google writes it. */
    String suffix() {
      return "R"
          + (allDay
              ? DATED.format(at.atZone(zone).toLocalDate())
              : DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").format(at.atZone(ZoneOffset.UTC)));
    }
  }

  private List<LocalDateTime> all(Instant now) {
    Instant begin = series.start().isAfter(now) ? series.start() : now;
    Instant end =
        lines.unbounded()
            ? begin.atZone(ZoneOffset.UTC).plus(AHEAD).toInstant()
            : begin.plus(LONGEST);
    // RDATE can be before the start of the series.
    return lines.starts(series.start().minus(LONGEST), end);
  }

  private Instant start(String suffix) {
    return allDay
        ? lines.instant(LocalDate.parse(suffix, DATED).atStartOfDay())
        : Instant.from(TIMED.parse(suffix));
  }

  private GoogleEvent instance(LocalDateTime start) {
    String id =
        series.id() + "_" + (allDay ? DATED.format(start) : TIMED.format(lines.instant(start)));
    ObjectNode content = series.content().deepCopy();
    content.remove("recurrence");
    content.put("id", id).put("recurringEventId", series.id());
    if (allDay) {
      content.set("start", date(start.toLocalDate()));
      content.set("end", date(start.toLocalDate().plus(days())));
    } else {
      Duration length = Duration.between(series.start(), series.end());
      content.set("start", time(lines.instant(start)));
      content.set("end", time(lines.instant(start).plus(length)));
    }
    content.set("originalStartTime", content.get("start").deepCopy());
    return new GoogleEvent(id, content, series.version(), series.revision());
  }

  private Period days() {
    JsonNode content = series.content();
    return Period.ofDays(
        Math.toIntExact(
            LocalDate.parse(content.at("/end/date").asText()).toEpochDay()
                - LocalDate.parse(content.at("/start/date").asText()).toEpochDay()));
  }

  private static ObjectNode date(LocalDate day) {
    return Json.object().put("date", day.toString());
  }

  private ObjectNode time(Instant instant) {
    ObjectNode time =
        Json.object().put("dateTime", instant.toString()).put("timeZone", zone.getId());
    GoogleTimes.normalize(time, "start");
    return time;
  }
}
