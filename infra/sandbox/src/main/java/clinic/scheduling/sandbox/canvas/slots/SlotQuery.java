package clinic.scheduling.sandbox.canvas.slots;

import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.fhir.FhirCall;
import clinic.scheduling.sandbox.canvas.fhir.FhirException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The parameters of a slot search.
 *
 * @param end the last day, inclusive
 * @param type {@code system|code} of a visit type
 */
record SlotQuery(
    ScheduleKey schedule,
    LocalDate start,
    LocalDate end,
    Duration duration,
    Optional<String> type) {
  private static final int MOST_DAYS = 366;
  private static final int MOST_MINUTES = 24 * 60;

  /**
   * Parses the parameters. The defaults are today in UTC, seven days and twenty minutes.
   *
   * @throws FhirException 400
   */
  static SlotQuery of(FhirCall call, Clock clock) {
    ScheduleKey schedule =
        call.first("schedule").flatMap(ScheduleKey::parse).orElseThrow(FhirException::badRequest);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate start = call.first("start").map(SlotQuery::date).orElse(today);
    LocalDate end = call.first("end").map(SlotQuery::date).orElse(start.plusDays(7));
    if (end.isAfter(start.plusDays(MOST_DAYS))) {
      throw FhirException.badRequest();
    }
    return new SlotQuery(
        schedule,
        start,
        end,
        minutes(call.first("duration").orElse("20")),
        call.first("appointment-type"));
  }

  /** The number of days, including both ends. */
  long days() {
    return ChronoUnit.DAYS.between(start, end) + 1;
  }

  boolean asksFor(LocalDate day) {
    return !day.isBefore(start) && !day.isAfter(end);
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw FhirException.badRequest();
    }
  }

  private static Duration minutes(String text) {
    if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > MOST_MINUTES) {
      throw FhirException.badRequest();
    }
    return Duration.ofMinutes(Integer.parseInt(text));
  }
}
