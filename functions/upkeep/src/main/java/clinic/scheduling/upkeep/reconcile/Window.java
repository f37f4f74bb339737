package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Reconciliation;
import clinic.scheduling.core.practice.VisitType;
import clinic.scheduling.upkeep.TaskRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Which days are looked at: whole local days of the practice's first location, also those of 23 and
 * 25 hours. Pure.
 */
final class Window {
  /** A calendar is listed up to 10,000 events. */
  private static final int MOST_DAYS = 400;

  private Window() {}

  static Interval of(TaskRequest errand, Practice practice, Instant now) {
    ZoneId zone = practice.locations().get(0).zone();
    Reconciliation usual = practice.reconciliation();
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate first = errand.from().orElse(today.minusDays(usual.daysBack()));
    LocalDate last = errand.to().orElse(latest(first, today.plusDays(daysAhead(practice))));
    if (last.isBefore(first) || last.isAfter(first.plusDays(MOST_DAYS))) {
      throw new IllegalArgumentException(
          "from and to must be in order and at most %d days apart".formatted(MOST_DAYS));
    }
    return new Interval(
        first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static int daysAhead(Practice practice) {
    int longest =
        practice.visitTypes().stream().mapToInt(VisitType::bookingWindowDays).max().orElse(0);
    int stated = practice.reconciliation().daysAhead();
    return stated > 0 ? stated : longest;
  }

  private static LocalDate latest(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
