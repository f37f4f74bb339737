package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.booking.Origins.Origin;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Somebody else has the new time: the visit returns to where it was, unless that is taken by now.
 * Then it stays, and only the clinic can help.
 */
@Singleton
class RollBackMove {
  private final Canvas canvas;
  private final MoveHolds times;
  private final CanvasBookings standing;
  private final ChangeRules changes;
  private final AppointmentForm form;

  RollBackMove(
      Canvas canvas,
      MoveHolds times,
      CanvasBookings standing,
      ChangeRules changes,
      AppointmentForm form) {
    this.canvas = canvas;
    this.times = times;
    this.standing = standing;
    this.changes = changes;
    this.form = form;
  }

  /**
   * @param now the visit at the new time
   * @throws clinic.scheduling.core.http.Problem.ProblemException if both times are taken
   * @throws UnavailableException if it is not known where it stands; a repeat settles it
   */
  void take(Move move, VisitThread now) {
    Origin origin = times.origin(move).orElseThrow();
    Interval held = changes.held(now, origin.time());
    if (!times.holdAgain(origin, now)
        || standing.isOverlapped(origin.practitioner(), held, now.current())) {
      LOG.error("move-stuck", "appointment", now.currentId());
      times.keepStuck(move, now);
      changes.announce(now, "moved");
      throw Problem.of(
              ProblemType.CALL_THE_CLINIC, "Please call the clinic: both times have been taken.")
          .asException();
    }
    goBack(move, origin);
    times.keepOrigin(origin, now);
    times.release(move, now);
    changes.announce(now, "moved back");
  }

  /** Our own update has changed it since it was read, so it is read again. */
  private void goBack(Move move, Origin origin) {
    VisitThread thread =
        CompleteThread.of(move.root(), canvas)
            .filter(move::isDone)
            .orElseThrow(RollBackMove::unknown);
    WriteOutcome outcome =
        canvas.update(
            thread.currentId(),
            form.moved(thread.current(), origin.time(), origin.practitioner(), origin.location()),
            thread.seen().at());
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw unknown();
    }
  }

  private static UnavailableException unknown() {
    return new UnavailableException("canvas", Duration.ofSeconds(3));
  }
}
