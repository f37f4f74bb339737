package clinic.scheduling.benchmark.lookups;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A sequence of windows of one or two days within the 60 bookable days. A window comes again only
 * after 114 others, because free times are cached for five seconds.
 */
final class DateWindows {
  static final int DIFFERENT = 114;

  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final int STARTS = DIFFERENT / 2;

  private final LocalDate first;
  private int given;

  DateWindows(Clock clock) {
    this.first = LocalDate.now(clock.withZone(ZONE)).plusDays(1);
  }

  /** {@code from=2027-03-16&to=2027-03-16}. */
  String next() {
    int number = given++ % DIFFERENT;
    LocalDate from = first.plusDays(number % STARTS);
    return "from=%s&to=%s".formatted(from, from.plusDays(number / STARTS));
  }
}
