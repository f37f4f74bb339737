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
 * @param zone the zone of the days in the query and of the times in the answer; if empty, the zone
 *     of each place is used
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

  boolean matches(BookableClinician bookable) {
    return includes(bookable.practitioner())
        && visit.isOfferedAt(bookable.location().id())
        && location.map(bookable.location().id()::equals).orElse(true)
        && specialty.map(bookable.specialties()::contains).orElse(true);
  }

  /** Whether the query would include this clinician if Canvas had a schedule for them. */
  boolean wouldInclude(Practitioner who) {
    return includes(who)
        && location.isEmpty()
        && specialty.map(who.specialties()::contains).orElse(true);
  }

  /**
   * The window as an interval. If the query gives days, they are days in the zone of the query, or
   * in the zone of the place if the query has none. Empty if the window is a single day that the
   * zone skipped.
   */
  Optional<Interval> windowIn(ZoneId placeZone) {
    ZoneId days = zone.orElse(placeZone);
    return Interval.between(from.startIn(days), to.endIn(days));
  }

  /**
   * The interval that must contain the whole visit. If the query gives days, a visit that begins on
   * the last day may end after midnight. If it gives instants, the visit must also end within them.
   */
  Optional<Interval> visitWindowIn(ZoneId placeZone) {
    Duration more = to.isDay() ? Duration.ofMinutes(minutes) : Duration.ZERO;
    return windowIn(placeZone).map(window -> window.widened(Duration.ZERO, more));
  }

  /** Whether a visit begins before the end of the window. */
  boolean startsBeforeEnd(Interval time, ZoneId placeZone) {
    return time.start().isBefore(to.endIn(zone.orElse(placeZone)));
  }

  VisitRules rulesAt(Location place) {
    return new VisitRules(visit, minutes, place);
  }

  boolean includes(Practitioner who) {
    return who.offers(visit.id()) && practitioner.map(who.id()::equals).orElse(true);
  }
}
