package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.hold.Taken;
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
class Calendars {
  private static final int HOLDS_AT_ONCE = 16;

  /** As many as DynamoDB reads in one call. */
  private static final int ROWS_AT_ONCE = 100;

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
   * @param allowed of each clinician not empty, each place with times
   */
  Map<Practitioner, Asked> ask(
      Map<Practitioner, Map<Bookable, TimeSet>> allowed, SlotQuery query, Instant deadline) {
    Map<Practitioner, Asked> asked = new LinkedHashMap<>();
    if (allowed.isEmpty()) {
      return asked;
    }
    Interval all =
        hull(
            allowed.values().stream()
                .flatMap(theirs -> theirs.values().stream().map(Calendars::hull))
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

  private Map<Practitioner, Asked> askTogether(
      List<Practitioner> some,
      Map<Practitioner, Map<Bookable, TimeSet>> allowed,
      Interval all,
      SlotQuery query,
      Instant deadline) {
    List<String> keys = some.stream().map(Practitioner::canvasId).toList();
    CompletableFuture<Map<String, Taken>> taken =
        lane.call(
            deadline,
            () ->
                keys.size() == 1
                    ? Map.of(keys.get(0), holds.taken(keys.get(0)))
                    : holds.taken(keys, all));
    Map<Practitioner, Asked> asked = new LinkedHashMap<>();
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

  private Asked ask(
      Practitioner who,
      Map<Bookable, TimeSet> allowed,
      CompletableFuture<Taken> taken,
      SlotQuery query,
      Instant deadline) {
    String key = who.canvasId();
    Interval window = hull(allowed.values().stream().map(Calendars::hull).toList());
    CompletableFuture<String> stamp = taken.thenApply(Taken::stamp);
    return new Asked(
        key,
        query,
        taken,
        busy.of(key, window, stamp, deadline),
        allowed.entrySet().stream()
            .map(
                one ->
                    new Asked.At(
                        one.getKey(),
                        one.getValue(),
                        candidates(one.getKey(), one.getValue(), query, stamp, deadline)))
            .toList(),
        deadline,
        clock);
  }

  private CompletableFuture<List<Interval>> candidates(
      Bookable one,
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
