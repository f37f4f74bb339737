package clinic.scheduling.mirror;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.VisitType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The time whose meetings are read: from yesterday to the end of the longest booking window and a
 * week. It moves a day before patients could book beyond its end.
 */
@Singleton
final class MeetingWindow {
  private static final int DAYS_BEYOND = 7;

  private final Practice practice;
  private final Clock clock;
  private final int bookingDays;

  MeetingWindow(Practice practice, Clock clock) {
    this.practice = practice;
    this.clock = clock;
    this.bookingDays =
        practice.visitTypes().stream().mapToInt(VisitType::bookingWindowDays).max().orElse(0);
  }

  /** The window of a round that begins now. */
  Interval now(CalendarBinding binding) {
    ZoneId zone = practice.zoneOfMeetings(binding);
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    return new Interval(
        today.minusDays(1).atStartOfDay(zone).toInstant(),
        today.plusDays(bookingDays + DAYS_BEYOND).atStartOfDay(zone).toInstant());
  }

  /** Whether the window still reaches far enough. */
  boolean isEnough(Interval window) {
    Instant needed = clock.instant().plus(Duration.ofDays(bookingDays + 1L));
    return !window.end().isBefore(needed);
  }
}
