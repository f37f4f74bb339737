package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.SearchTooLargeException;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * Reads all appointments that start in a stretch of time, however many they are: a stretch of which
 * Canvas finds more than can be read at once is read in two halves.
 */
final class FindStarting {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final Canvas canvas;

  FindStarting(Canvas canvas) {
    this.canvas = canvas;
  }

  /**
   * Hands over everything that starts in {@code [start, end)}, one search after the other.
   *
   * @param unread is given each minute in which more than 5,000 start; the rest is read all the
   *     same
   */
  void each(
      Interval time, Deadline deadline, Consumer<Appointment> found, Consumer<Interval> unread) {
    try {
      canvas.appointmentsStarting(time, deadline).forEach(found);
    } catch (SearchTooLargeException e) {
      if (time.length().compareTo(SHORTEST) <= 0) {
        unread.accept(time);
        return;
      }
      Instant middle = middle(time);
      each(new Interval(time.start(), middle), deadline, found, unread);
      each(new Interval(middle, time.end()), deadline, found, unread);
    }
  }

  /** A whole second, for Canvas is asked to the second: no appointment is on both sides. */
  private static Instant middle(Interval time) {
    return time.start().plus(time.length().dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
  }
}
