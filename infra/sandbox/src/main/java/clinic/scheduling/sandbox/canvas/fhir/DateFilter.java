package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Interval;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A date search parameter with an optional prefix (FHIR R4 search, date). A day without a time is a
 * day in UTC.
 */
public record DateFilter(String prefix, Interval span) {
  private static final List<String> PREFIXES = List.of("ge", "gt", "le", "lt", "eq");

  /**
   * Parses {@code ge2027-03-16}, or a prefix with a full timestamp.
   *
   * @throws FhirException 400
   */
  public static DateFilter parse(String name, String text) {
    String prefix = PREFIXES.stream().filter(text::startsWith).findFirst().orElse("");
    try {
      return new DateFilter(
          prefix.isEmpty() ? "eq" : prefix, span(text.substring(prefix.length())));
    } catch (DateTimeException e) {
      throw FhirException.malformed("query -> " + name + " — Input should be a valid date");
    }
  }

  public boolean accepts(Instant at) {
    return switch (prefix) {
      case "ge" -> !at.isBefore(span.start());
      case "gt" -> !at.isBefore(span.end());
      case "le" -> at.isBefore(span.end());
      case "lt" -> at.isBefore(span.start());
      default -> !at.isBefore(span.start()) && at.isBefore(span.end());
    };
  }

  private static Interval span(String text) {
    if (text.length() == "2027-03-16".length()) {
      Instant start = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Interval(start, start.plus(Duration.ofDays(1)));
    }
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:?\\d{2}");
    Instant start =
        zoned
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    return new Interval(start, start.plusSeconds(1));
  }
}
