package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Actual;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Expected;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Tracked;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Visibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds every discrepancy between the three sides of a {@link Snapshot}, entry by entry, and
 * chooses its repair (docs/decisions/0015). The comparison is a pure function that is defined for
 * every input. An entry is left alone if a worker is changing it, if its visit is unclear, if its
 * calendar could not be read, or if it is on a day outside the window.
 *
 * <p>A change notice is the preferred repair, because SyncCalendars reads Canvas again before it
 * acts. But SyncCalendars does not know of an entry that is not in the ledger. Such an entry is
 * recorded in the ledger if it is expected, and removed from the calendar if it is not.
 */
public final class Comparison {
  private final Snapshot snapshot;
  private final Map<EntryKey, Expected> expected;
  private final Map<EntryKey, List<Actual>> actual;
  private final Map<EntryKey, Tracked> tracked;
  private final Set<EntryKey> onOtherDays;

  private Comparison(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.expected = byKey(snapshot.expected(), Expected::key);
    this.tracked = byKey(snapshot.tracked(), Tracked::key);
    this.onOtherDays = snapshot.onOtherDays();
    this.actual = snapshot.actual().stream().collect(Collectors.groupingBy(Actual::key));
  }

  /** All discrepancies; the same snapshot gives them in the same order. */
  public static List<Discrepancy> of(Snapshot snapshot) {
    Comparison comparison = new Comparison(snapshot);
    return comparison.keys().stream().flatMap(comparison::compare).toList();
  }

  /**
   * Whether the digests of both sides include an entry. They leave out entries that a worker is
   * changing, entries of unclear visits, entries in calendars that were not listed, and entries on
   * days outside the window.
   */
  static Predicate<EntryKey> isCompared(Snapshot snapshot) {
    Set<EntryKey> leftAlone = snapshot.onOtherDays();
    snapshot.tracked().stream().filter(Tracked::busy).map(Tracked::key).forEach(leftAlone::add);
    return key ->
        snapshot.listedCalendars().contains(key.binding())
            && snapshot.visibility(key.visit()) != Visibility.UNCLEAR
            && !leftAlone.contains(key);
  }

  private SortedSet<EntryKey> keys() {
    SortedSet<EntryKey> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    keys.addAll(tracked.keySet());
    return keys;
  }

  private Stream<Discrepancy> compare(EntryKey key) {
    boolean busy = Optional.ofNullable(tracked.get(key)).filter(Tracked::busy).isPresent();
    if (busy
        || snapshot.visibility(key.visit()) == Visibility.UNCLEAR
        || snapshot.unreadableCalendars().contains(key.binding())
        || onOtherDays.contains(key)) {
      return Stream.empty();
    }
    return snapshot.listedCalendars().contains(key.binding())
        ? compareInListedCalendar(key)
        : compareInOtherCalendar(key);
  }

  /**
   * Compares one entry in a calendar that was listed:
   *
   * <ol>
   *   <li>If no entry is expected, each entry in the calendar is unexpected.
   *   <li>If the ledger tracks an entry on a day outside the window, each entry in the calendar is
   *       a copy.
   *   <li>If the calendar has no entry, the expected entry is missing.
   *   <li>Otherwise we keep one entry, and check its content and its row in the ledger. All other
   *       entries are copies.
   * </ol>
   *
   * If none of this leads to a notice, the row of the ledger is checked as well.
   */
  private Stream<Discrepancy> compareInListedCalendar(EntryKey key) {
    List<Actual> here = actual.getOrDefault(key, List.of());
    List<Discrepancy> found = new ArrayList<>();
    Optional<Expected> wanted = Optional.ofNullable(expected.get(key));
    if (wanted.isEmpty()) {
      here.forEach(entry -> found.add(unexpected(key, entry)));
    } else if (isTrackedOnOtherDays(wanted.get(), here)) {
      here.forEach(entry -> found.add(duplicate(entry)));
    } else if (here.isEmpty()) {
      found.add(new Discrepancy(Kind.MISSING, key, Repair.HINT, Optional.empty()));
    } else {
      Actual kept = entryToKeep(wanted.get(), here);
      here.stream().filter(entry -> entry != kept).map(this::duplicate).forEach(found::add);
      wrongContentOrRow(wanted.get(), kept).ifPresent(found::add);
    }
    // Every repair except REMOVE sends a notice, and the sync that follows settles the row, too.
    if (found.stream().allMatch(one -> one.repair() == Repair.REMOVE)) {
      wrongRow(key, here, wanted.isPresent()).ifPresent(found::add);
    }
    return found.stream();
  }

  /**
   * Whether the entry that the ledger tracks is on a day outside the window. Then each entry that
   * the calendar shows in the window is a copy.
   */
  private boolean isTrackedOnOtherDays(Expected wanted, List<Actual> here) {
    Tracked row = tracked.get(wanted.key());
    return !wanted.inWindow()
        && row != null
        && !row.externalId().isEmpty()
        && here.stream().noneMatch(this::isTracked);
  }

  /**
   * The entry to keep. We prefer the entry that the ledger tracks, then an entry with the right
   * content, then the entry with the highest generation, which is the latest.
   */
  private Actual entryToKeep(Expected wanted, List<Actual> here) {
    return here.stream()
        .max(
            Comparator.<Actual, Boolean>comparing(this::isTracked)
                .thenComparing(entry -> entry.digest().equals(wanted.digest()))
                .thenComparing(Actual::generation)
                .thenComparing(Actual::externalId))
        .orElseThrow();
  }

  private Optional<Discrepancy> wrongContentOrRow(Expected wanted, Actual kept) {
    if (!isTracked(kept)) {
      Repair repair = isTrackedElsewhere(kept) ? Repair.HINT : Repair.ADOPT;
      return Optional.of(discrepancy(Kind.UNKNOWN_TO_LEDGER, kept, repair));
    }
    return kept.digest().equals(wanted.digest())
        ? Optional.empty()
        : Optional.of(discrepancy(Kind.DIFFERS, kept, Repair.HINT));
  }

  private Discrepancy unexpected(EntryKey key, Actual entry) {
    Kind kind =
        snapshot.visibility(key.visit()) == Visibility.NOT_IN_CANVAS
            ? Kind.ORPHANED
            : Kind.MISPLACED;
    return discrepancy(kind, entry, isTracked(entry) ? Repair.HINT : Repair.REMOVE);
  }

  private Discrepancy duplicate(Actual entry) {
    return discrepancy(Kind.DUPLICATE, entry, Repair.REMOVE);
  }

  /**
   * Finds a row of the ledger that is wrong: its last change is not settled, or it tracks an entry
   * that is neither expected nor in the calendar.
   */
  private Optional<Discrepancy> wrongRow(EntryKey key, List<Actual> here, boolean isExpected) {
    Optional<Tracked> row = Optional.ofNullable(tracked.get(key));
    boolean unsettled = row.filter(it -> !it.settled()).isPresent();
    boolean tracksNothing =
        !isExpected
            && row.filter(it -> !it.externalId().isEmpty()).isPresent()
            && here.stream().noneMatch(this::isTracked);
    if (tracksNothing) {
      return Optional.of(new Discrepancy(Kind.LEFT_BEHIND, key, Repair.HINT, Optional.empty()));
    }
    return unsettled
        ? Optional.of(new Discrepancy(Kind.UNKNOWN_TO_LEDGER, key, Repair.HINT, Optional.empty()))
        : Optional.empty();
  }

  /**
   * Compares an entry that the ledger tracks in a calendar that was not listed. This is a calendar
   * of another clinician, or a calendar that the practice document no longer names.
   */
  private Stream<Discrepancy> compareInOtherCalendar(EntryKey key) {
    return Optional.ofNullable(tracked.get(key))
        .filter(row -> !row.externalId().isEmpty() && !expected.containsKey(key))
        .map(row -> new Discrepancy(Kind.LEFT_BEHIND, key, Repair.HINT, Optional.empty()))
        .stream();
  }

  /**
   * Whether another row of the visit tracks this entry, for example because one mailbox has two
   * addresses. SyncCalendars removes the entry through that row, if the calendar of that row should
   * not have the entry any more.
   */
  private boolean isTrackedElsewhere(Actual entry) {
    return snapshot.tracked().stream()
        .filter(row -> row.key().visit().equals(entry.key().visit()))
        .filter(row -> !row.key().equals(entry.key()))
        .anyMatch(row -> row.externalId().equals(entry.externalId()));
  }

  private boolean isTracked(Actual entry) {
    Tracked row = tracked.get(entry.key());
    return row != null && row.externalId().equals(entry.externalId());
  }

  private static Discrepancy discrepancy(Kind kind, Actual entry, Repair repair) {
    return new Discrepancy(kind, entry.key(), repair, Optional.of(entry));
  }

  private static <T> Map<EntryKey, T> byKey(List<T> all, Function<T, EntryKey> key) {
    return all.stream().collect(Collectors.toMap(key, Function.identity(), (a, b) -> a));
  }
}
