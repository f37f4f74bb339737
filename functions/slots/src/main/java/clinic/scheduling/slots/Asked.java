package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Taken;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What was asked about one clinician, and is on its way. */
record Asked(
    SlotQuery query,
    CompletableFuture<Taken> taken,
    CompletableFuture<List<Interval>> appointments,
    List<At> places,
    Instant deadline,
    Clock clock) {

  /** One schedule: when it may be booked, and what Canvas proposes there. */
  record At(Bookable bookable, TimeSet allowed, CompletableFuture<List<Interval>> candidates) {}

  /**
   * Waits, at most until the deadline.
   *
   * @throws UnreadableException if anything about this clinician could not be read
   */
  List<Offer> offers() {
    List<Interval> busy =
        Stream.concat(answer(taken).times().stream(), answer(appointments).stream()).toList();
    return places.stream().flatMap(at -> offers(at, busy).stream()).toList();
  }

  private List<Offer> offers(At at, List<Interval> busy) {
    return query
        .rulesAt(at.bookable().location())
        .offered(at.allowed(), answer(at.candidates()), busy)
        .stream()
        .map(time -> new Offer(at.bookable(), time))
        .toList();
  }

  private <T> T answer(CompletableFuture<T> asked) {
    return Waiting.until(deadline, clock, asked);
  }
}
