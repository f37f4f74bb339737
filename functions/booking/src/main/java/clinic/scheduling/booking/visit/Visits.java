package clinic.scheduling.booking.visit;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads visits. When staff replace an appointment by another one, Canvas may not return the new one
 * for some seconds. Then we do not know the state of the visit, and throw an exception that asks
 * the caller to repeat the request later.
 */
public final class Visits {
  private static final Duration RETRY = Duration.ofSeconds(3);

  private Visits() {}

  /**
   * @return empty if Canvas does not know the appointment
   * @throws UnavailableException if the latest appointment was replaced by one that Canvas does not
   *     return yet
   */
  public static Optional<VisitThread> find(String appointment, Canvas canvas) {
    Optional<VisitThread> thread = VisitThread.of(appointment, canvas);
    if (thread.flatMap(one -> one.current().replacedBy()).isPresent()) {
      throw unknown();
    }
    return thread;
  }

  /**
   * Like {@link #find}, for an appointment that Canvas has returned before.
   *
   * @throws UnavailableException if {@link #find} throws it, or if Canvas does not return the
   *     appointment now
   */
  public static VisitThread read(String appointment, Canvas canvas) {
    return find(appointment, canvas).orElseThrow(Visits::unknown);
  }

  /**
   * @throws UnavailableException if we do not know the status
   */
  public static AppointmentStatus statusOf(VisitThread thread) {
    return thread
        .current()
        .knownStatus()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: a status that is not known", Duration.ofMinutes(1)));
  }

  /**
   * @throws UnavailableException if the appointment has no time
   */
  public static Interval timeOf(VisitThread thread) {
    return thread
        .current()
        .time()
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: an appointment without a time", Duration.ofMinutes(1)));
  }

  /** Whether the visit was cancelled or entered in error. */
  public static boolean isGone(VisitThread thread) {
    return thread.current().knownStatus().map(AppointmentStatus::isGone).orElse(false);
  }

  /**
   * The exception for a visit whose state we do not know now. A repeat of the request finds out.
   */
  public static UnavailableException unknown() {
    return new UnavailableException("canvas", RETRY);
  }
}
