package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.recurrence.Recurrence;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code recurrence} of an event: at most one {@code RRULE}, and the times that {@code RDATE}
 * and {@code EXDATE} add and leave out (RFC 5545, section 3.8.5). All times are wall-clock times.
 */
final class RecurrenceLines {
  private static final Pattern LINE = Pattern.compile("(RRULE|RDATE|EXDATE)((?:;[^:]*)?):(.+)");
  private static final Pattern ENDS = Pattern.compile("(^|;)(COUNT|UNTIL)=");
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final int MOST_LINES = 100;

  private final @Nullable Recurrence rule;
  private final boolean unbounded;
  private final Set<LocalDateTime> added = new HashSet<>();
  private final Set<LocalDateTime> leftOut = new HashSet<>();
  private final ZoneId zone;

  /**
   * @param first the wall-clock start of the series in the zone
   */
  RecurrenceLines(JsonNode lines, LocalDateTime first, ZoneId zone) {
    this.zone = zone;
    String rrule = "";
    if (lines.size() > MOST_LINES) {
      throw unknown(lines);
    }
    for (JsonNode line : lines) {
      Matcher parts = LINE.matcher(line.asText());
      if (!parts.matches() || (parts.group(1).equals("RRULE") && !rrule.isEmpty())) {
        throw unknown(lines);
      }
      switch (parts.group(1)) {
        case "RRULE" -> rrule = parts.group(3);
        case "RDATE" -> added.addAll(times(parts.group(2), parts.group(3)));
        default -> leftOut.addAll(times(parts.group(2), parts.group(3)));
      }
    }
    if (rrule.isEmpty()) {
      added.add(first);
    }
    unbounded = !rrule.isEmpty() && !ENDS.matcher(rrule).find();
    rule = rrule.isEmpty() ? null : rule(rrule, first);
  }

  /** Whether the rule has neither COUNT nor UNTIL. */
  boolean unbounded() {
    return unbounded;
  }

  /**
   * The starts from {@code from} (inclusive) to {@code to} (exclusive) in their order.
   *
   * @throws IllegalArgumentException if there are too many for one window
   */
  List<LocalDateTime> starts(Instant from, Instant to) {
    Set<LocalDateTime> starts = new TreeSet<>();
    Optional.ofNullable(rule).ifPresent(it -> starts.addAll(it.starts(from, to)));
    added.stream()
        .filter(time -> !instant(time).isBefore(from) && instant(time).isBefore(to))
        .forEach(starts::add);
    starts.removeAll(leftOut);
    return List.copyOf(starts);
  }

  Instant instant(LocalDateTime time) {
    return time.atZone(zone).toInstant();
  }

  private Recurrence rule(String rrule, LocalDateTime first) {
    try {
      return Recurrence.of(rrule, first, zone);
    } catch (IllegalArgumentException e) {
      throw GoogleException.invalid("Invalid recurrence rule: " + rrule);
    }
  }

  private Set<LocalDateTime> times(String parameters, String values) {
    Set<LocalDateTime> times = new HashSet<>();
    try {
      ZoneId written =
          Stream.of(parameters.split(";", -1))
              .filter(parameter -> parameter.startsWith("TZID="))
              .map(parameter -> ZoneId.of(parameter.substring("TZID=".length())))
              .findFirst()
              .orElse(zone);
      for (String value : values.split(",", -1)) {
        times.add(time(value, written));
      }
      return times;
    } catch (DateTimeException e) {
      throw GoogleException.invalid("Invalid recurrence date: " + values);
    }
  }

  private LocalDateTime time(String value, ZoneId written) {
    if (!value.contains("T")) {
      return LocalDate.parse(value, DATE).atStartOfDay();
    }
    boolean utc = value.endsWith("Z");
    LocalDateTime time =
        LocalDateTime.parse(utc ? value.substring(0, value.length() - 1) : value, TIME);
    return time.atZone(utc ? ZoneId.of("UTC") : written)
        .withZoneSameInstant(zone)
        .toLocalDateTime();
  }

  private static GoogleException unknown(JsonNode lines) {
    return GoogleException.invalid("Not a recurrence that is known here: " + lines);
  }
}
