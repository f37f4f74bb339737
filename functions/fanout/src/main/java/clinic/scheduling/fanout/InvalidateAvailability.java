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
 * Marks the cached availability of a clinician as out of date for the lookups of all processes, and
 * releases the visit's holds on times that it has left. We keep a hold after the booking. If staff
 * then move or cancel the visit, the hold would hide a time that is free again. A repeat does no
 * harm. A failure is thrown, so that the notice is delivered again.
 */
@Singleton
final class InvalidateAvailability {
  private static final Log LOG = Log.of(InvalidateAvailability.class);

  private final Holds holds;
  private final Practice practice;
  private final Canvas canvas;
  private final Clock clock;

  InvalidateAvailability(Holds holds, Practice practice, Canvas canvas, Clock clock) {
    this.holds = holds;
    this.practice = practice;
    this.canvas = canvas;
    this.clock = clock;
  }

  /**
   * Invalidates the availability of every clinician who has or had the visit, because a visit that
   * moved to another clinician frees time of the first clinician.
   *
   * @param thread the visit's appointments in Canvas; empty if Canvas no longer knows the visit
   * @param owner the owner of the visit's holds: our identifier of the booking, or else the id of
   *     the visit's first appointment
   * @param calendars the keys of the calendars that have or had an entry of the visit, according to
   *     the ledger
   */
  void invalidate(Optional<VisitThread> thread, String owner, Set<String> calendars) {
    Stream.concat(
            thread.stream().flatMap(it -> it.practitioners().stream()),
            practice.practitioners().stream()
                .filter(it -> hasOneOf(it, calendars))
                .map(Practitioner::canvasId))
        .distinct()
        .sorted()
        .forEach(
            practitioner -> {
              releaseVacated(practitioner, owner);
              holds.invalidate(practitioner);
            });
  }

  /**
   * Releases the visit's holds on times that the visit has left. A hold that was renewed after we
   * read it is kept.
   */
  private void releaseVacated(String practitioner, String owner) {
    holds.taken(practitioner).holds().stream()
        .filter(hold -> hold.owner().equals(owner))
        .filter(hold -> isVacated(practitioner, hold))
        .forEach(
            hold -> {
              holds.release(practitioner, hold);
              LOG.info("hold-given-back", "practitioner", practitioner);
            });
  }

  private boolean isVacated(String practitioner, Hold hold) {
    return hold.booked()
        .map(Booked::appointment)
        .flatMap(canvas::appointment)
        .map(found -> VacatedTimes.Shown.of(found.resource()))
        .filter(shown -> VacatedTimes.hasLeft(hold, practitioner, shown, clock.instant()))
        .isPresent();
  }

  private static boolean hasOneOf(Practitioner practitioner, Set<String> calendars) {
    return practitioner.calendars().stream().anyMatch(it -> calendars.contains(it.key()));
  }
}
