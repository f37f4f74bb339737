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
 * chooses its repair (docs/decisions/0015). Pure and total: whatever the sides say, an entry gets
 * its discrepancies or is left alone for a stated reason.
 *
 * <p>A change notice is the preferred repair, since SyncCalendars looks again before it acts. What
 * SyncCalendars cannot know is repaired here: an entry that the ledger does not know is adopted if
 * it is expected, and removed if it is not.
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

  /** All discrepancies, in a stable order. */
  public static List<Discrepancy> of(Snapshot snapshot) {
    Comparison comparison = new Comparison(snapshot);
    return comparison.keys().stream().flatMap(comparison::at).toList();
  }

  /**
   * Which entries count when both sides are compared; the others are being changed or not known.
   */
  static Predicate<EntryKey> isCompared(Snapshot snapshot) {
    Set<EntryKey> leftAlone = snapshot.onOtherDays();
    snapshot.tracked().stream().filter(Tracked::busy).map(Tracked::key).forEach(leftAlone::add);
    return key ->
        snapshot.read().contains(key.binding())
            && snapshot.visibility(key.visit()) != Visibility.UNCLEAR
            && !leftAlone.contains(key);
  }

  private SortedSet<EntryKey> keys() {
    SortedSet<EntryKey> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    keys.addAll(tracked.keySet());
    return keys;
  }

  private Stream<Discrepancy> at(EntryKey key) {
    boolean busy = Optional.ofNullable(tracked.get(key)).filter(Tracked::busy).isPresent();
    if (busy
        || snapshot.visibility(key.visit()) == Visibility.UNCLEAR
        || snapshot.unread().contains(key.binding())
        || onOtherDays.contains(key)) {
      return Stream.empty();
    }
    return snapshot.read().contains(key.binding()) ? inListedCalendar(key) : leftBehind(key);
  }

  private Stream<Discrepancy> inListedCalendar(EntryKey key) {
    List<Actual> here = actual.getOrDefault(key, List.of());
    List<Discrepancy> found = new ArrayList<>();
    Optional<Expected> should = Optional.ofNullable(expected.get(key));
    if (should.isEmpty()) {
      here.forEach(entry -> found.add(unexpected(key, entry)));
    } else if (hasMovedAway(should.get(), here)) {
      here.forEach(entry -> found.add(duplicate(entry)));
    } else if (here.isEmpty()) {
      found.add(new Discrepancy(Kind.MISSING, key, Repair.HINT, Optional.empty()));
    } else {
      Actual kept = kept(should.get(), here);
      here.stream().filter(entry -> entry != kept).map(this::duplicate).forEach(found::add);
      wrongContentOrRow(should.get(), kept).ifPresent(found::add);
    }
    // Any other repair than a removal sends a notice, which settles the ledger's row as well.
    if (found.stream().allMatch(one -> one.repair() == Repair.REMOVE)) {
      wrongRow(key, here, should.isPresent()).ifPresent(found::add);
    }
    return found.stream();
  }

  /** Whether the tracked entry has moved to other days, so that the window only shows copies. */
  private boolean hasMovedAway(Expected should, List<Actual> here) {
    Tracked row = tracked.get(should.key());
    return !should.inWindow()
        && row != null
        && !row.externalId().isEmpty()
        && here.stream().noneMatch(this::isTracked);
  }

  /** The tracked entry; else one with the right content; else the newest. */
  private Actual kept(Expected should, List<Actual> here) {
    return here.stream()
        .max(
            Comparator.<Actual, Boolean>comparing(this::isTracked)
                .thenComparing(entry -> entry.digest().equals(should.digest()))
                .thenComparing(Actual::generation)
                .thenComparing(Actual::externalId))
        .orElseThrow();
  }

  private Optional<Discrepancy> wrongContentOrRow(Expected should, Actual kept) {
    if (!isTracked(kept)) {
      Repair repair = isTrackedElsewhere(kept) ? Repair.HINT : Repair.ADOPT;
      return Optional.of(discrepancy(Kind.UNKNOWN_TO_LEDGER, kept, repair));
    }
    return kept.digest().equals(should.digest())
        ? Optional.empty()
        : Optional.of(discrepancy(Kind.DIFFERS, kept, Repair.HINT));
  }

  private Discrepancy unexpected(EntryKey key, Actual entry) {
    Kind kind =
        snapshot.visibility(key.visit()) == Visibility.UNKNOWN ? Kind.ORPHANED : Kind.MISPLACED;
    return discrepancy(kind, entry, isTracked(entry) ? Repair.HINT : Repair.REMOVE);
  }

  private Discrepancy duplicate(Actual entry) {
    return discrepancy(Kind.DUPLICATE, entry, Repair.REMOVE);
  }

  /** The calendar is right, but the ledger is not settled or tracks an entry that is not there. */
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

  /** In a calendar that was not listed: another clinician's, or one that has left the practice. */
  private Stream<Discrepancy> leftBehind(EntryKey key) {
    return Optional.ofNullable(tracked.get(key))
        .filter(row -> !row.externalId().isEmpty() && !expected.containsKey(key))
        .map(row -> new Discrepancy(Kind.LEFT_BEHIND, key, Repair.HINT, Optional.empty()))
        .stream();
  }

  /**
   * Whether another row of the visit tracks this entry, for example because one mailbox has two
   * addresses. SyncCalendars removes it by that row once it is not expected there.
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
