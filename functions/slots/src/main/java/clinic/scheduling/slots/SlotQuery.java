package clinic.scheduling.slots;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.VisitRules;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.VisitType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a caller of {@code GET /slots} asks for.
 *
 * @param minutes the length of the visit
 * @param zone of the answer and of dates in the question; empty means each place's own
 * @param firstPerPractitioner only the first time of each clinician
 */
record SlotQuery(
    VisitType visit,
    WindowBound from,
    WindowBound to,
    Optional<String> specialty,
    Optional<String> state,
    Optional<String> location,
    Optional<String> practitioner,
    int minutes,
    Optional<ZoneId> zone,
    boolean firstPerPractitioner,
    int limit,
    Optional<String> cursor) {

  boolean fits(BookableClinician bookable) {
    return isAskedFor(bookable.practitioner())
        && visit.isOfferedAt(bookable.location().id())
        && location.map(bookable.location().id()::equals).orElse(true)
        && specialty.map(bookable.specialties()::contains).orElse(true);
  }

  /** Whether a clinician without a schedule would belong into the answer. */
  boolean mayMean(Practitioner who) {
    return isAskedFor(who)
        && location.isEmpty()
        && specialty.map(who.specialties()::contains).orElse(true);
  }

  /**
   * The window, whose days are days of the asked zone, or else of the place; empty for a day that
   * the zone never had.
   */
  Optional<Interval> windowIn(ZoneId placeZone) {
    ZoneId days = zone.orElse(placeZone);
    return Interval.between(from.startIn(days), to.endIn(days));
  }

  /**
   * When a visit may lie that begins in the window. It belongs to the day on which it begins, so
   * that on the last one it may end after midnight; between two instants it lies whole.
   */
  Optional<Interval> reachIn(ZoneId placeZone) {
    Duration more = to.isDay() ? Duration.ofMinutes(minutes) : Duration.ZERO;
    return windowIn(placeZone).map(window -> window.widened(Duration.ZERO, more));
  }

  /** Whether a visit begins before the end of the window. */
  boolean isAskedFor(Interval time, ZoneId placeZone) {
    return time.start().isBefore(to.endIn(zone.orElse(placeZone)));
  }

  VisitRules rulesAt(Location place) {
    return new VisitRules(visit, minutes, place);
  }

  boolean isAskedFor(Practitioner who) {
    return who.offers(visit.id()) && practitioner.map(who.id()::equals).orElse(true);
  }
}
