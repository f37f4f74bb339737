package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Instants;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A period of days or instants (FHIR R4 Period). If its ends are instants, a day counts only if it
 * lies entirely within the period in every time zone from UTC to UTC-12.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Period(@Nullable String start, @Nullable String end) {
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T.{5,30}");
  private static final Duration BEHIND_UTC = Duration.ofHours(12);

  /** The first day, if readable. */
  public Optional<LocalDate> firstDay() {
    return day(start)
        .or(() -> instant(start).map(from -> utcDay(from.plus(Duration.ofDays(1)).minusNanos(1))));
  }

  /** The last day, inclusive, if readable. */
  public Optional<LocalDate> lastDay() {
    return day(end).or(() -> instant(end).map(to -> utcDay(to.minus(BEHIND_UTC)).minusDays(1)));
  }

  private static Optional<LocalDate> day(@Nullable String text) {
    try {
      return text != null && DAY.matcher(text).matches()
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(@Nullable String text) {
    try {
      return text != null && INSTANT.matcher(text).matches()
          ? Optional.of(Instants.parse(text))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalDate utcDay(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
