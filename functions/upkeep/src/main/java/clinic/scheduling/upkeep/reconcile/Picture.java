package clinic.scheduling.upkeep.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How things stand with one clinician in a stretch of time, as three sides tell it.
 *
 * @param seen keys of the calendars that were looked into; entries in others are nobody's business
 *     here, but for what the ledger says was left behind in them
 * @param unseen keys of the clinician's calendars that could not be read: nothing is said of them
 * @param sights every visit that is about, by its first appointment
 * @param wanted every entry of these visits, also in calendars that were not looked into
 */
record Picture(
    Set<String> seen,
    Set<String> unseen,
    Map<String, Sight> sights,
    List<Wanted> wanted,
    List<Standing> standing,
    List<Recorded> known) {

  Picture {
    seen = Set.copyOf(seen);
    unseen = Set.copyOf(unseen);
    sights = Map.copyOf(sights);
    wanted = List.copyOf(wanted);
    standing = List.copyOf(standing);
    known = List.copyOf(known);
  }

  Sight sight(String visit) {
    return sights.getOrDefault(visit, Sight.UNKNOWN);
  }

  /** Whether what is wanted there lies on other days, and nothing of it stands on these. */
  boolean onOtherDays(Place place) {
    return wanted.stream().anyMatch(it -> !it.inside() && it.place().equals(place))
        && standing.stream().noneMatch(it -> it.place().equals(place));
  }
}
