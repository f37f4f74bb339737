package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.HeldTimes;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Asks for all that is known of one clinician's time, at once: our own holds, whose stamp says
 * whether what was read of Canvas before may still be used, and Canvas, if nothing was.
 */
@Singleton
class ClinicianAvailability {
  private static final int HOLDS_AT_ONCE = 16;

  /** As many as DynamoDB reads in one call. */
  private static final int ROWS_AT_ONCE = 100;

  private final Holds holds;
  private final FreeTimes free;
  private final BusyAppointments busy;
  private final Clock clock;
  private final ConcurrencyLimit lane;

  ClinicianAvailability(Holds holds, FreeTimes free, BusyAppointments busy, Clock clock) {
    this.holds = holds;
    this.free = free;
    this.busy = busy;
    this.clock = clock;
    this.lane = new ConcurrencyLimit(Reason.HOLDS_UNREADABLE, HOLDS_AT_ONCE, clock);
  }

  @PreDestroy
  void stop() {
    lane.close();
  }

  /**
   * Begins to ask; does not wait.
   *
   * @param allowed of each clinician not empty, each place with times
   */
  Map<Practitioner, AvailabilityRequest> ask(
      Map<Practitioner, Map<BookableClinician, TimeSet>> allowed,
      SlotQuery query,
      Instant deadline) {
    Map<Practitioner, AvailabilityRequest> asked = new LinkedHashMap<>();
    if (allowed.isEmpty()) {
      return asked;
    }
    Interval all =
        hull(
            allowed.values().stream()
                .flatMap(theirs -> theirs.values().stream().map(ClinicianAvailability::hull))
                .toList());
    List<Practitioner> waiting = new ArrayList<>();
    int together = Math.max(1, ROWS_AT_ONCE / Holds.rowsOf(all));
    for (Practitioner who : allowed.keySet()) {
      waiting.add(who);
      if (waiting.size() == together || asked.size() + waiting.size() == allowed.size()) {
        asked.putAll(askTogether(List.copyOf(waiting), allowed, all, query, deadline));
        waiting.clear();
      }
    }
    return asked;
  }

  private Map<Practitioner, AvailabilityRequest> askTogether(
      List<Practitioner> some,
      Map<Practitioner, Map<BookableClinician, TimeSet>> allowed,
      Interval all,
      SlotQuery query,
      Instant deadline) {
    List<String> keys = some.stream().map(Practitioner::canvasId).toList();
    CompletableFuture<Map<String, HeldTimes>> taken =
        lane.call(
            deadline,
            () ->
                keys.size() == 1
                    ? Map.of(keys.get(0), holds.taken(keys.get(0)))
                    : holds.taken(keys, all));
    Map<Practitioner, AvailabilityRequest> asked = new LinkedHashMap<>();
    for (Practitioner who : some) {
      asked.put(
          who,
          ask(
              who,
              Objects.requireNonNull(allowed.get(who)),
              taken.thenApply(found -> Objects.requireNonNull(found.get(who.canvasId()))),
              query,
              deadline));
    }
    return asked;
  }

  private AvailabilityRequest ask(
      Practitioner who,
      Map<BookableClinician, TimeSet> allowed,
      CompletableFuture<HeldTimes> taken,
      SlotQuery query,
      Instant deadline) {
    String key = who.canvasId();
    Interval window = hull(allowed.values().stream().map(ClinicianAvailability::hull).toList());
    CompletableFuture<String> stamp = taken.thenApply(HeldTimes::stamp);
    return new AvailabilityRequest(
        key,
        query,
        taken,
        busy.of(key, window, stamp, deadline),
        allowed.entrySet().stream()
            .map(
                one ->
                    new AvailabilityRequest.At(
                        one.getKey(),
                        one.getValue(),
                        candidates(one.getKey(), one.getValue(), query, stamp, deadline)))
            .toList(),
        deadline,
        clock);
  }

  private CompletableFuture<List<Interval>> candidates(
      BookableClinician one,
      TimeSet allowed,
      SlotQuery query,
      CompletableFuture<String> stamp,
      Instant deadline) {
    return free.of(one.schedule(), hull(allowed), query.minutes(), stamp, deadline);
  }

  private static Interval hull(List<Interval> times) {
    return hull(TimeSet.of(times));
  }

  private static Interval hull(TimeSet times) {
    return times.hull().orElseThrow();
  }
}
