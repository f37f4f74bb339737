package clinic.scheduling.core.free;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the practice says about the times of one visit type at one place: notice, booking window,
 * hours, grid and buffers. Pure.
 *
 * @param minutes the length of the visit
 */
public record VisitRules(VisitType visit, int minutes, Location place) {

  /** The part of a window in which such a visit may lie, begin and end. */
  public TimeSet open(Interval window, Instant now) {
    Instant first = now.plus(visit.minimumNotice());
    Instant last = now.plus(Duration.ofDays(visit.bookingWindowDays()));
    WallClock clock = new WallClock(place.zone());
    return Interval.between(first, last.plus(Duration.ofMinutes(minutes)))
        .filter(bookable -> first.isBefore(last))
        .flatMap(window::and)
        .map(time -> clock.during(place.hours(), time).intersect(clock.during(visit.hours(), time)))
        .orElse(TimeSet.EMPTY);
  }

  /**
   * Which of the proposed times may be offered.
   *
   * @param allowed what is open, and covered by a licence
   * @param candidates what Canvas proposes, by start
   * @param busy when the clinician is not free, with the buffers of what makes them so
   */
  public List<Interval> offered(TimeSet allowed, List<Interval> candidates, List<Interval> busy) {
    // A visit keeps its buffers to what is busy if it keeps out of what is busy, widened by them.
    boolean hasBuffers = !visit.bufferBefore().isZero() || !visit.bufferAfter().isZero();
    TimeSet kept =
        TimeSet.of(
            hasBuffers
                ? busy.stream()
                    .map(time -> time.widened(visit.bufferAfter(), visit.bufferBefore()))
                    .toList()
                : busy);
    WallClock clock = new WallClock(place.zone());
    List<Interval> free = allowed.minus(kept).step(candidates);
    return visit.startEveryMinutes() == 1
        ? free
        : free.stream()
            .filter(time -> clock.isOnGrid(time.start(), visit.startEveryMinutes()))
            .toList();
  }
}
