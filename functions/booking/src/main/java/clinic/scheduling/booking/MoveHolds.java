package clinic.scheduling.booking;

import clinic.scheduling.booking.Origins.Origin;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.hold.Holds;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * The holds of a visit that moves. While it is under way it may hold the new time and remember the
 * old one; in the end it holds where it is, and every other time is free.
 */
@Singleton
class MoveHolds {
  private final Holds holds;
  private final TakeTime times;
  private final Origins origins;
  private final ChangeRules changes;
  private final ConfirmBooking bookings;

  MoveHolds(
      Holds holds, TakeTime times, Origins origins, ChangeRules changes, ConfirmBooking bookings) {
    this.holds = holds;
    this.times = times;
    this.origins = origins;
    this.changes = changes;
    this.bookings = bookings;
  }

  /** False if somebody else holds a part of the new time. */
  boolean hold(Move move, VisitThread now) {
    return times.take(
        move.slot().slot().practitioner(), changes.owner(now), move.slot().held(), bookings.kept());
  }

  /**
   * Holds the new time for longer if it is still held. A late repeat may have read where the visit
   * no longer is: what it holds by now is not given up for that.
   */
  void renew(Move move, VisitThread now) {
    String practitioner = move.slot().slot().practitioner();
    if (holds.taken(practitioner).times().contains(move.slot().held())) {
      keep(move, now);
    }
  }

  /** The visit stays there. */
  private void keep(Move move, VisitThread now) {
    // If it is somebody else's, they keep it.
    holds.hold(
        move.slot().slot().practitioner(),
        changes.owner(now),
        move.slot().held(),
        bookings.kept(),
        now.currentId());
  }

  /** It can neither stay nor go back: it holds where it is, so that whoever settles it frees it. */
  void keepStuck(Move move, VisitThread now) {
    releaseOrigin(move, now);
    keep(move, now);
  }

  /** False if somebody else holds a part of the time that the visit came from. */
  boolean holdAgain(Origin origin, VisitThread now) {
    return times.take(
        origin.practitioner(),
        changes.owner(now),
        changes.held(now, origin.time()),
        bookings.kept());
  }

  /** The visit has gone back there. */
  void keepOrigin(Origin origin, VisitThread now) {
    holds.hold(
        origin.practitioner(),
        changes.owner(now),
        changes.held(now, origin.time()),
        bookings.kept(),
        now.currentId());
  }

  void release(Move move, VisitThread now) {
    holds.release(move.slot().slot().practitioner(), changes.owner(now), move.slot().held());
  }

  /** The update is about to be tried: where the visit is now is where it will have come from. */
  void leaving(Move move, VisitThread now) {
    releaseFormer(move, now);
    origins.remember(move.name(), now);
  }

  /** Empty if the visit has been where it is since before the move was asked for. */
  Optional<Origin> origin(Move move) {
    return origins.find(move.name());
  }

  /** The visit is somewhere else for good. */
  void releaseOrigin(Move move, VisitThread now) {
    origin(move).ifPresent(before -> release(before, now));
  }

  /** The move is refused: what this or an earlier try held is given back. */
  void giveBack(Move move, VisitThread now) {
    release(move, now);
    releaseFormer(move, now);
  }

  /** If the visit has moved since an earlier try, nobody else frees where it was then. */
  private void releaseFormer(Move move, VisitThread now) {
    origin(move)
        .filter(earlier -> !earlier.equals(Origin.of(now)))
        .ifPresent(earlier -> release(earlier, now));
  }

  private void release(Origin before, VisitThread now) {
    holds.release(before.practitioner(), changes.owner(now), changes.held(now, before.time()));
  }
}
