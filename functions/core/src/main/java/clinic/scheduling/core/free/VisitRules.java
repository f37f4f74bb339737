package clinic.scheduling.core.free;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rules of the practice for the times of one visit type at one place: notice period, booking
 * window, hours, grid and buffers.
 *
 * @param minutes the length of the visit
 */
public record VisitRules(VisitType visit, int minutes, Location place) {

  /** The part of a window in which such a visit may take place. */
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
   * The candidates that may be offered.
   *
   * @param allowed the open times that a licence covers
   * @param candidates the times that Canvas proposes, sorted by start
   * @param busy when the clinician is busy, including the buffers of other visits
   */
  public List<Interval> offered(TimeSet allowed, List<Interval> candidates, List<Interval> busy) {
    // The busy times are widened by the buffers of this visit, so that the buffers stay free.
    boolean hasBuffers = !visit.bufferBefore().isZero() || !visit.bufferAfter().isZero();
    TimeSet blocked =
        TimeSet.of(
            hasBuffers
                ? busy.stream()
                    .map(time -> time.widened(visit.bufferAfter(), visit.bufferBefore()))
                    .toList()
                : busy);
    WallClock clock = new WallClock(place.zone());
    List<Interval> free = allowed.minus(blocked).inside(candidates);
    return visit.startEveryMinutes() == 1
        ? free
        : free.stream()
            .filter(time -> clock.isOnGrid(time.start(), visit.startEveryMinutes()))
            .toList();
  }
}
