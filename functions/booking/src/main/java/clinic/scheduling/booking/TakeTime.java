package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Takes the hold of a time for a booking or a move. What is in the way may be the hold of a visit
 * that staff have cancelled or moved since, of which no notice has come: Canvas is asked, and such
 * a hold is given back.
 */
@Singleton
class TakeTime {
  /** More holds than this do not all belong to visits that have left. */
  private static final int MOST_LOOKED_AT = 3;

  private final Holds holds;
  private final Canvas canvas;
  private final Clock clock;

  TakeTime(Holds holds, Canvas canvas, Clock clock) {
    this.holds = holds;
    this.canvas = canvas;
    this.clock = clock;
  }

  /** False if somebody else holds a part of the time. */
  boolean take(String practitioner, String owner, Interval time, Duration length) {
    return holds.hold(practitioner, owner, time, length)
        || (isLeftByOthers(practitioner, owner, time)
            && holds.hold(practitioner, owner, time, length));
  }

  private boolean isLeftByOthers(String practitioner, String owner, Interval time) {
    List<Hold> others = holds.inTheWay(practitioner, owner, time);
    if (others.size() > MOST_LOOKED_AT
        || !others.stream().allMatch(other -> isLeft(practitioner, other))) {
      return false;
    }
    others.forEach(other -> holds.release(practitioner, other));
    return true;
  }

  /** If Canvas cannot say so, the hold counts. */
  private boolean isLeft(String practitioner, Hold other) {
    try {
      return other
          .booked()
          .flatMap(booked -> canvas.appointment(booked.appointment()))
          .map(seen -> VacatedTimes.Shown.of(seen.resource()))
          .filter(shown -> VacatedTimes.isLeft(other, practitioner, shown, clock.instant()))
          .isPresent();
    } catch (UnavailableException e) {
      LOG.warn("hold-not-looked-at", "system", e.system());
      return false;
    }
  }
}
