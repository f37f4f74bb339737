package clinic.scheduling.upkeep.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How things stand with one clinician in a stretch of time, as three sides tell it.
 *
 * @param seen keys of the calendars that were looked into; entries in others are nobody's business
 *     here, but for what the ledger says was left behind in them
 * @param unseen keys of the clinician's calendars that could not be read: nothing is said of them
 * @param sights every visit that is about, by its first appointment
 * @param wanted every entry of these visits, also in calendars that were not looked into
 */
record Snapshot(
    Set<String> seen,
    Set<String> unseen,
    Map<String, CanvasVisibility> sights,
    List<ExpectedEntry> wanted,
    List<ActualEntry> standing,
    List<TrackedEntry> known) {

  Snapshot {
    seen = Set.copyOf(seen);
    unseen = Set.copyOf(unseen);
    sights = Map.copyOf(sights);
    wanted = List.copyOf(wanted);
    standing = List.copyOf(standing);
    known = List.copyOf(known);
  }

  CanvasVisibility sight(String visit) {
    return sights.getOrDefault(visit, CanvasVisibility.UNKNOWN);
  }

  /** Where what is wanted lies on other days, and nothing of it stands on these. */
  Set<EntryKey> onOtherDays() {
    Set<EntryKey> places =
        wanted.stream()
            .filter(it -> !it.inside())
            .map(ExpectedEntry::place)
            .collect(Collectors.toSet());
    standing.forEach(it -> places.remove(it.place()));
    return places;
  }
}
