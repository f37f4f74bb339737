package clinic.scheduling.fanout;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Hold.Booked;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells slot lookups, in whatever process, that what they have read of a clinician's time is out of
 * date, and gives back the times that a visit has left: a booking holds its time longer than staff
 * may leave it there. Doing either twice does no harm; not being able to is a failure, and the
 * notice comes back.
 */
@Singleton
final class InvalidateAvailability {
  private final Holds holds;
  private final Practice practice;
  private final Canvas canvas;
  private final Clock clock;
  private final Log log = Log.of(SyncCalendars.class);

  InvalidateAvailability(Holds holds, Practice practice, Canvas canvas, Clock clock) {
    this.holds = holds;
    this.practice = practice;
    this.canvas = canvas;
    this.clock = clock;
  }

  /**
   * Of everybody whose visit it is or was: a visit that has gone to another leaves free time
   * behind.
   *
   * @param thread the visit; empty if Canvas does not know it any more
   * @param owner the name under which it holds times: our identifier, or the id of the thread
   * @param standing keys of the calendars where the ledger knows of an entry, past or present
   */
  void note(Optional<VisitThread> thread, String owner, Set<String> standing) {
    Stream.concat(
            thread.stream().flatMap(one -> one.practitioners().stream()),
            practice.practitioners().stream()
                .filter(who -> isMirrored(who, standing))
                .map(Practitioner::canvasId))
        .distinct()
        .sorted()
        .forEach(
            who -> {
              giveBackLeft(who, owner);
              holds.changed(who);
            });
  }

  /** What has been held anew since it was read stays. */
  private void giveBackLeft(String practitioner, String owner) {
    holds.taken(practitioner).holds().stream()
        .filter(hold -> hold.owner().equals(owner))
        .filter(hold -> isLeft(practitioner, hold))
        .forEach(
            hold -> {
              holds.release(practitioner, hold);
              log.info("hold-given-back", "practitioner", practitioner);
            });
  }

  private boolean isLeft(String practitioner, Hold hold) {
    return hold.booked()
        .map(Booked::appointment)
        .flatMap(canvas::appointment)
        .map(seen -> VacatedTimes.Shown.of(seen.resource()))
        .filter(shown -> VacatedTimes.isLeft(hold, practitioner, shown, clock.instant()))
        .isPresent();
  }

  private static boolean isMirrored(Practitioner who, Set<String> standing) {
    return who.calendars().stream().anyMatch(binding -> standing.contains(binding.key()));
  }
}
