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
 * The days that a run reconciles: the usual window, or the days that a request names. They are
 * whole days in the time zone of the practice's first location, even days of 23 or 25 hours.
 */
final class Window {
  /** The window must not be too long, because we list at most 10,000 events of a calendar. */
  private static final int MOST_DAYS = 400;

  private Window() {}

  static Interval of(TaskRequest request, Practice practice, Instant now) {
    ZoneId zone = practice.locations().get(0).zone();
    Reconciliation usual = practice.reconciliation();
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate first = request.from().orElse(today.minusDays(usual.daysBack()));
    LocalDate last = request.to().orElse(latest(first, today.plusDays(daysAhead(practice))));
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
