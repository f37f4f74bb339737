package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.Discrepancy.Repair;
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
 * What is out of step, place by place, and what puts it right. Pure, and total: whatever the three
 * sides say, each place gets its findings or is left alone for a stated reason.
 *
 * <p>A notice is preferred, since the fan-out looks again before it acts. What it cannot know of is
 * done here: an entry that the ledger does not know is adopted if it is wanted, and taken away if
 * it is not.
 */
final class Comparison {
  private final Snapshot picture;
  private final Map<EntryKey, ExpectedEntry> wanted;
  private final Map<EntryKey, List<ActualEntry>> standing;
  private final Map<EntryKey, TrackedEntry> known;
  private final Set<EntryKey> onOtherDays;

  private Comparison(Snapshot picture) {
    this.picture = picture;
    this.wanted = byPlace(picture.wanted(), ExpectedEntry::place);
    this.known = byPlace(picture.known(), TrackedEntry::place);
    this.onOtherDays = picture.onOtherDays();
    this.standing = picture.standing().stream().collect(Collectors.groupingBy(ActualEntry::place));
  }

  /** In a stable order. */
  static List<Discrepancy> of(Snapshot picture) {
    Comparison findings = new Comparison(picture);
    return findings.places().stream().flatMap(findings::at).toList();
  }

  /** What counts when two sides are compared: the rest is in motion, or not known. */
  static Predicate<EntryKey> counting(Snapshot picture) {
    Set<EntryKey> left = picture.onOtherDays();
    picture.known().stream().filter(TrackedEntry::busy).map(TrackedEntry::place).forEach(left::add);
    return place ->
        picture.seen().contains(place.binding())
            && picture.sight(place.visit()) != CanvasVisibility.UNCLEAR
            && !left.contains(place);
  }

  private SortedSet<EntryKey> places() {
    SortedSet<EntryKey> places = new TreeSet<>(wanted.keySet());
    places.addAll(standing.keySet());
    places.addAll(known.keySet());
    return places;
  }

  private Stream<Discrepancy> at(EntryKey place) {
    boolean busy = Optional.ofNullable(known.get(place)).filter(TrackedEntry::busy).isPresent();
    if (busy
        || picture.sight(place.visit()) == CanvasVisibility.UNCLEAR
        || picture.unseen().contains(place.binding())
        || onOtherDays.contains(place)) {
      return Stream.empty();
    }
    return picture.seen().contains(place.binding()) ? inside(place) : leftBehind(place);
  }

  private Stream<Discrepancy> inside(EntryKey place) {
    List<ActualEntry> here = standing.getOrDefault(place, List.of());
    List<Discrepancy> found = new ArrayList<>();
    Optional<ExpectedEntry> asked = Optional.ofNullable(wanted.get(place));
    if (asked.isEmpty()) {
      here.forEach(entry -> found.add(unwanted(place, entry)));
    } else if (isMovedFrom(asked.get(), here)) {
      here.forEach(entry -> found.add(duplicate(entry)));
    } else if (here.isEmpty()) {
      found.add(new Discrepancy(Kind.MISSING, place, Repair.HINT, Optional.empty()));
    } else {
      ActualEntry kept = kept(asked.get(), here);
      here.stream().filter(entry -> entry != kept).map(this::duplicate).forEach(found::add);
      state(asked.get(), kept).ifPresent(found::add);
    }
    if (found.stream().allMatch(one -> one.repair() == Repair.REMOVE)) {
      behindTheLedger(place, here, asked.isPresent()).ifPresent(found::add);
    }
    return found.stream();
  }

  /** The entry that the ledger knows has gone to other days: what is here are copies of it. */
  private boolean isMovedFrom(ExpectedEntry asked, List<ActualEntry> here) {
    TrackedEntry row = known.get(asked.place());
    return !asked.inside()
        && row != null
        && !row.externalId().isEmpty()
        && here.stream().noneMatch(this::isKnown);
  }

  /** The one that the ledger knows; else the one that says the right thing; else the newest. */
  private ActualEntry kept(ExpectedEntry asked, List<ActualEntry> here) {
    return here.stream()
        .max(
            Comparator.<ActualEntry, Boolean>comparing(this::isKnown)
                .thenComparing(entry -> entry.print().equals(asked.print()))
                .thenComparing(ActualEntry::generation)
                .thenComparing(ActualEntry::externalId))
        .orElseThrow();
  }

  private Optional<Discrepancy> state(ExpectedEntry asked, ActualEntry kept) {
    if (!isKnown(kept)) {
      Repair repair = isOfAnotherRow(kept) ? Repair.HINT : Repair.ADOPT;
      return Optional.of(found(Kind.UNKNOWN_TO_LEDGER, kept, repair));
    }
    return kept.print().equals(asked.print())
        ? Optional.empty()
        : Optional.of(found(Kind.DIFFERS, kept, Repair.HINT));
  }

  private Discrepancy unwanted(EntryKey place, ActualEntry entry) {
    Kind kind =
        picture.sight(place.visit()) == CanvasVisibility.UNKNOWN ? Kind.ORPHANED : Kind.MISPLACED;
    return found(kind, entry, isKnown(entry) ? Repair.HINT : Repair.REMOVE);
  }

  private Discrepancy duplicate(ActualEntry entry) {
    return found(Kind.DUPLICATE, entry, Repair.REMOVE);
  }

  /** The fan-out is not asked anyway, but the ledger did not come to an end, or knows too much. */
  private Optional<Discrepancy> behindTheLedger(
      EntryKey place, List<ActualEntry> here, boolean asked) {
    Optional<TrackedEntry> row = Optional.ofNullable(known.get(place));
    boolean unsettled = row.filter(it -> !it.settled()).isPresent();
    boolean tooMuch =
        !asked
            && row.filter(it -> !it.externalId().isEmpty()).isPresent()
            && here.stream().noneMatch(this::isKnown);
    if (tooMuch) {
      return Optional.of(new Discrepancy(Kind.LEFT_BEHIND, place, Repair.HINT, Optional.empty()));
    }
    return unsettled
        ? Optional.of(new Discrepancy(Kind.UNKNOWN_TO_LEDGER, place, Repair.HINT, Optional.empty()))
        : Optional.empty();
  }

  /** In a calendar that was not looked into: that of another, or one that has left the practice. */
  private Stream<Discrepancy> leftBehind(EntryKey place) {
    return Optional.ofNullable(known.get(place))
        .filter(row -> !row.externalId().isEmpty() && !wanted.containsKey(place))
        .map(row -> new Discrepancy(Kind.LEFT_BEHIND, place, Repair.HINT, Optional.empty()))
        .stream();
  }

  /**
   * One mailbox under two names, say: what the other row knows goes once it is not wanted there.
   */
  private boolean isOfAnotherRow(ActualEntry entry) {
    return picture.known().stream()
        .filter(row -> row.place().visit().equals(entry.place().visit()))
        .filter(row -> !row.place().equals(entry.place()))
        .anyMatch(row -> row.externalId().equals(entry.externalId()));
  }

  private boolean isKnown(ActualEntry entry) {
    TrackedEntry row = known.get(entry.place());
    return row != null && row.externalId().equals(entry.externalId());
  }

  private static Discrepancy found(Kind kind, ActualEntry entry, Repair repair) {
    return new Discrepancy(kind, entry.place(), repair, Optional.of(entry));
  }

  private static <T> Map<EntryKey, T> byPlace(List<T> all, Function<T, EntryKey> place) {
    return all.stream().collect(Collectors.toMap(place, Function.identity(), (a, b) -> a));
  }
}
