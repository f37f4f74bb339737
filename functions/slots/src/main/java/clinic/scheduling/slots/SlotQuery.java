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
 * The query of {@code GET /slots}, which infra/openapi.yaml describes.
 *
 * @param minutes the length of the visit
 * @param zone of the days in the query and of the times in the answer; if empty, the zone of each
 *     place
 * @param firstPerPractitioner whether to return only the first time of each clinician
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

  /** Whether a clinician of whom Canvas has no schedule might otherwise have been offered. */
  boolean mayMean(Practitioner who) {
    return isAskedFor(who)
        && location.isEmpty()
        && specialty.map(who.specialties()::contains).orElse(true);
  }

  /**
   * The window, in days of the zone of the query or else of the place. Empty if the window is a day
   * that the zone never had.
   */
  Optional<Interval> windowIn(ZoneId placeZone) {
    ZoneId days = zone.orElse(placeZone);
    return Interval.between(from.startIn(days), to.endIn(days));
  }

  /**
   * The time within which a visit has to lie. A visit belongs to the day on which it begins, so on
   * the last day it may end after midnight; between two instants it has to lie entirely.
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
