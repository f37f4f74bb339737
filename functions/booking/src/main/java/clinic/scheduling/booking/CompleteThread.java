package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * A visit of which Canvas shows how it stands. Staff replace one appointment by another, and for
 * some seconds the other may not be there to read: what stands then is not known.
 */
final class CompleteThread {
  private CompleteThread() {}

  /**
   * Empty if Canvas does not know the appointment.
   *
   * @throws UnavailableException if the last appointment has a successor that Canvas does not show
   */
  static Optional<VisitThread> of(String appointment, Canvas canvas) {
    Optional<VisitThread> thread = VisitThread.of(appointment, canvas);
    if (thread.flatMap(one -> one.current().replacedBy()).isPresent()) {
      throw new UnavailableException("canvas", Duration.ofSeconds(3));
    }
    return thread;
  }
}
