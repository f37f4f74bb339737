package clinic.scheduling.upkeep.reconcile.compare;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The entries of one clinician in a window, as three sides show them: Canvas and the practice
 * document (expected), the calendars (actual) and our ledger (tracked).
 *
 * @param listedCalendars the keys of the calendars that were listed. In other calendars, only the
 *     entries that the ledger still tracks there are compared
 * @param unreadableCalendars the keys of the clinician's calendars that could not be listed. The
 *     comparison finds no discrepancies in them
 * @param visits every visit that was looked at, by its first appointment
 * @param expected every entry that these visits should have, also in calendars that were not listed
 */
public record Snapshot(
    Set<String> listedCalendars,
    Set<String> unreadableCalendars,
    Map<String, Visibility> visits,
    List<Expected> expected,
    List<Actual> actual,
    List<Tracked> tracked) {

  public Snapshot {
    listedCalendars = Set.copyOf(listedCalendars);
    unreadableCalendars = Set.copyOf(unreadableCalendars);
    visits = Map.copyOf(visits);
    expected = List.copyOf(expected);
    actual = List.copyOf(actual);
    tracked = List.copyOf(tracked);
  }

  /** What Canvas says about a visit. */
  public enum Visibility {
    /** Canvas shows the visit, so we know which entries it needs, if any. */
    CLEAR,
    /** We do not understand what Canvas shows, or do not understand it yet. Nothing is changed. */
    UNCLEAR,
    /** Canvas does not know the visit. */
    NOT_IN_CANVAS
  }

  /**
   * An entry that Canvas and the practice document ask for.
   *
   * @param digest a keyed digest of its content
   * @param inWindow whether its time overlaps the window; if not, the list of the window does not
   *     contain the entry, even if the entry exists
   */
  public record Expected(EntryKey key, String digest, boolean inWindow) {}

  /**
   * An entry of ours that a calendar shows.
   *
   * @param externalId the provider's id
   * @param generation the generation in the entry's stamp, which tells the successive entries of
   *     one visit apart
   * @param digest a keyed digest of its content
   */
  public record Actual(EntryKey key, String externalId, int generation, String digest) {}

  /**
   * What the ledger knows of an entry.
   *
   * @param externalId the provider's id of the entry; empty if there is none
   * @param busy whether a worker is changing the entry at this moment
   * @param settled whether the last worker finished its change with a known outcome
   */
  public record Tracked(EntryKey key, String externalId, boolean busy, boolean settled) {}

  public Visibility visibility(String visit) {
    return visits.getOrDefault(visit, Visibility.NOT_IN_CANVAS);
  }

  /**
   * The expected entries whose time is outside the window, and that no calendar shows in the
   * window.
   */
  public Set<EntryKey> onOtherDays() {
    Set<EntryKey> keys =
        expected.stream()
            .filter(it -> !it.inWindow())
            .map(Expected::key)
            .collect(Collectors.toSet());
    actual.forEach(it -> keys.remove(it.key()));
    return keys;
  }
}
