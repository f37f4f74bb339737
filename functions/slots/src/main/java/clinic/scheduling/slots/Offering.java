package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.VisitType;
import java.util.List;

/** Decides which of the times that Canvas proposes are offered. Pure. */
final class Offering {
  private final SlotQuery query;

  Offering(SlotQuery query) {
    this.query = query;
  }

  /**
   * @param allowed when the clinician may be booked there
   * @param candidates what Canvas proposes, by start
   * @param busy when the clinician is not free, in any order
   */
  List<Offer> of(Bookable with, TimeSet allowed, List<Interval> candidates, List<Interval> busy) {
    VisitType visit = query.visit();
    // A visit keeps its buffers to what is busy if it keeps out of what is busy, widened by them.
    TimeSet kept =
        TimeSet.of(
            busy.stream()
                .map(time -> time.widened(visit.bufferAfter(), visit.bufferBefore()))
                .toList());
    WallClock clock = new WallClock(with.location().zone());
    return allowed.minus(kept).step(candidates).stream()
        .filter(time -> clock.isOnGrid(time.start(), visit.startEveryMinutes()))
        .map(time -> new Offer(with, time))
        .toList();
  }
}
