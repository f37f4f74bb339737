package clinic.scheduling.slots;

import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.HeldTimes;
import clinic.scheduling.core.practice.Location;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What was asked about one clinician, and is on its way.
 *
 * @param practitioner the Canvas staff key
 */
record AvailabilityRequest(
    String practitioner,
    SlotQuery query,
    CompletableFuture<HeldTimes> taken,
    CompletableFuture<BusyAppointments.Shown> appointments,
    List<At> places,
    Instant deadline,
    Clock clock) {

  /** One schedule: when it may be booked, and what Canvas proposes there. */
  record At(
      BookableClinician bookable, TimeSet allowed, CompletableFuture<List<Interval>> candidates) {}

  /**
   * Waits, at most until the deadline.
   *
   * @throws UnreadableException if anything about this clinician could not be read
   */
  List<Offer> offers() {
    BusyAppointments.Shown shown = answer(appointments);
    List<Interval> held =
        VacatedTimes.withoutLeft(
            answer(taken).holds(), practitioner, shown.appointments(), clock.instant());
    List<Interval> busy = Stream.concat(held.stream(), shown.busy().stream()).toList();
    return places.stream().flatMap(at -> offers(at, busy).stream()).toList();
  }

  private List<Offer> offers(At at, List<Interval> busy) {
    Location place = at.bookable().location();
    return query.rulesAt(place).offered(at.allowed(), answer(at.candidates()), busy).stream()
        .filter(time -> query.isAskedFor(time, place.zone()))
        .map(time -> new Offer(at.bookable(), time))
        .toList();
  }

  private <T> T answer(CompletableFuture<T> asked) {
    return BoundedWait.until(deadline, clock, asked);
  }
}
