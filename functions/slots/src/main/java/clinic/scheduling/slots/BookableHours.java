package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.LicenceGap;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.practice.Location;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The hours in which a query allows a clinician to be booked at a place. Whether the clinician is
 * free in these hours is not considered here. The methods are pure functions.
 *
 * @param times the times that lie within the query's window, the booking window, the opening hours
 *     and the period of a licence, and after the notice period
 * @param gap why no licence covers any of the otherwise bookable times; empty if a licence covers
 *     some of them, or if there are no such times
 */
record BookableHours(
    BookableClinician bookable, SlotQuery query, TimeSet times, Optional<LicenceGap> gap) {

  static BookableHours of(BookableClinician bookable, SlotQuery query, Instant now) {
    Location place = bookable.location();
    TimeSet open =
        query
            .visitWindowIn(place.zone())
            .map(window -> query.rulesAt(place).open(window, now))
            .map(times -> startingInWindow(query, times, place))
            .orElse(TimeSet.EMPTY);
    if (open.isEmpty()) {
      return new BookableHours(bookable, query, open, Optional.empty());
    }
    // The clinician needs a licence of the state in which the patient is during the visit.
    boolean atClinic = query.visit().modality().atClinic();
    Optional<String> state = atClinic ? place.state() : query.state();
    if (atClinic && state.isEmpty()) {
      return new BookableHours(bookable, query, TimeSet.EMPTY, Optional.of(LicenceGap.ELSEWHERE));
    }
    TimeSet licensed = open.intersect(TimeSet.of(bookable.licences().periods(state, place.zone())));
    Optional<LicenceGap> gap =
        licensed.isEmpty()
            ? Optional.of(bookable.licences().gap(state, firstDay(open, place)))
            : Optional.empty();
    return new BookableHours(bookable, query, licensed, gap);
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  /** The interval from the first bookable instant to the last. */
  Interval hull() {
    return times.hull().orElseThrow();
  }

  /**
   * The slots that can be offered.
   *
   * @param candidates the times that Canvas proposes in the schedule, sorted by start
   * @param busy the intervals in which the clinician is not free, buffers included
   */
  List<Offer> offers(List<Interval> candidates, List<Interval> busy) {
    Location place = bookable.location();
    return query.rulesAt(place).offered(times, candidates, busy).stream()
        .filter(time -> query.startsBeforeEnd(time, place.zone()))
        .map(time -> new Offer(bookable, time))
        .toList();
  }

  /**
   * Removes intervals that begin after the end of the window: no visit of the query can begin
   * there.
   */
  private static TimeSet startingInWindow(SlotQuery query, TimeSet times, Location place) {
    return TimeSet.of(
        times.parts().stream().filter(part -> query.startsBeforeEnd(part, place.zone())).toList());
  }

  private static LocalDate firstDay(TimeSet open, Location place) {
    Instant first = open.hull().map(Interval::start).orElseThrow();
    return LocalDate.ofInstant(first, place.zone());
  }
}
