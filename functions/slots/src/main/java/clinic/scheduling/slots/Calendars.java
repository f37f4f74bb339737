package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.hold.Taken;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for all that is known of one clinician's time: first our own holds, whose stamp says whether
 * what was read of Canvas before may still be used, then Canvas.
 */
@Singleton
class Calendars {
  private static final int HOLDS_AT_ONCE = 16;

  private final Holds holds;
  private final FreeTimes free;
  private final Appointments busy;
  private final Clock clock;
  private final Lane lane;

  Calendars(Holds holds, FreeTimes free, Appointments busy, Clock clock) {
    this.holds = holds;
    this.free = free;
    this.busy = busy;
    this.clock = clock;
    this.lane = new Lane(Reason.HOLDS_UNREADABLE, HOLDS_AT_ONCE, clock);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }

  /**
   * Begins to ask; does not wait.
   *
   * @param allowed not empty, each with times
   */
  Asked ask(Practitioner who, Map<Bookable, TimeSet> allowed, SlotQuery query, Instant deadline) {
    String key = who.canvasId();
    Interval window = hull(allowed.values().stream().map(Calendars::hull).toList());
    CompletableFuture<Taken> taken = lane.call(deadline, () -> holds.taken(key));
    return new Asked(
        query,
        taken,
        taken.thenCompose(Log.sameUnitThen(now -> busy.of(key, window, now.stamp(), deadline))),
        allowed.entrySet().stream()
            .map(
                one ->
                    new Asked.At(
                        one.getKey(),
                        one.getValue(),
                        candidates(one.getKey(), one.getValue(), query, taken, deadline)))
            .toList(),
        deadline,
        clock);
  }

  private CompletableFuture<List<Interval>> candidates(
      Bookable one,
      TimeSet allowed,
      SlotQuery query,
      CompletableFuture<Taken> taken,
      Instant deadline) {
    return taken.thenCompose(
        Log.sameUnitThen(
            now -> free.of(one.schedule(), hull(allowed), query.minutes(), now.stamp(), deadline)));
  }

  private static Interval hull(List<Interval> times) {
    return hull(TimeSet.of(times));
  }

  private static Interval hull(TimeSet times) {
    return times.hull().orElseThrow();
  }
}
