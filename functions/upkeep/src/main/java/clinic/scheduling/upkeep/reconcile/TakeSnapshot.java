package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.EntryRecord;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practitioner;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the three sides about one clinician. The calendars are asked twice: first to learn which
 * visits are about, and again after Canvas and the ledger, so that what stands is newer than what
 * the ledger knows. What comes up only then is somebody's work of this moment, and left alone.
 */
@Singleton
final class TakeSnapshot {
  private static final Duration ONE_READ = Duration.ofSeconds(10);
  private static final Duration ONE_CALENDAR = Duration.ofSeconds(30);

  private final ExpectedVisits visits;
  private final DuplicateBookings doubles;
  private final EntryLists lists;
  private final EffectRunner keeper;
  private final UntrackedEntries strays;
  private final ContentDigests prints;
  private final Clock clock;

  TakeSnapshot(
      ExpectedVisits visits,
      DuplicateBookings doubles,
      EntryLists lists,
      EffectRunner keeper,
      UntrackedEntries strays,
      ContentDigests prints,
      Clock clock) {
    this.visits = visits;
    this.doubles = doubles;
    this.lists = lists;
    this.keeper = keeper;
    this.strays = strays;
    this.prints = prints;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param unread why a calendar could not be read, by its key
   * @param ledger what the ledger knew before the calendars were looked into, by place
   * @param untold of visits whose patients do not know how they stand
   * @param silent what is to be known of visits whose patients are not told
   * @param doubles visits that Canvas has twice
   */
  record Surveyed(
      Snapshot picture,
      Map<String, String> unread,
      Map<EntryKey, EntryRecord> ledger,
      List<Discrepancy> untold,
      List<UnsentChanges.Silent> silent,
      List<Discrepancy> doubles) {

    /** Visits whose patients would hear of them, by whatever notice about them. */
    Set<String> unheard() {
      return untold.stream().map(it -> it.place().visit()).collect(Collectors.toSet());
    }

    /** A notice about a visit serves its patient too, and so does a worker who is there. */
    List<Discrepancy> findings() {
      List<Discrepancy> found =
          Stream.concat(Comparison.of(picture).stream(), doubles.stream()).toList();
      Set<String> seenTo =
          Stream.concat(
                  found.stream()
                      .filter(it -> it.repair() != Discrepancy.Repair.REMOVE)
                      .map(Discrepancy::place),
                  picture.known().stream().filter(TrackedEntry::busy).map(TrackedEntry::place))
              .map(EntryKey::visit)
              .collect(Collectors.toSet());
      return Stream.concat(
              found.stream(), untold.stream().filter(it -> !seenTo.contains(it.place().visit())))
          .toList();
    }

    /** Those about what stands there, or of which the ledger knows: nothing new comes of them. */
    List<Discrepancy> findingsOfWhatWas() {
      return findings().stream()
          .filter(
              it ->
                  switch (it.kind()) {
                    case MISSING -> ledger.containsKey(it.place());
                    case UNTOLD, TWICE_BOOKED -> false;
                    case DIFFERS, MISPLACED, ORPHANED, DUPLICATE, UNKNOWN_TO_LEDGER, LEFT_BEHIND ->
                        true;
                  })
          .toList();
    }
  }

  /**
   * @throws clinic.scheduling.core.UnavailableException if Canvas did not answer wholly
   * @throws OutOfTimeException if there is not enough time
   */
  Surveyed of(Practitioner who, Interval window, Deadline deadline) {
    List<CalendarBinding> calendars = distinct(who.calendars());
    Set<String> standing = new LinkedHashSet<>();
    look(calendars, window, deadline).forEach((key, seen) -> seen.visits().forEach(standing::add));
    Map<String, Optional<ExpectedVisits.Shown>> about =
        visits.about(who.canvasId(), window, standing, deadline);
    Map<String, ExpectedVisits.Asked> asked = new LinkedHashMap<>();
    List<EntryRecord> ledger = new ArrayList<>();
    for (Map.Entry<String, Optional<ExpectedVisits.Shown>> one : about.entrySet()) {
      requireTime(deadline);
      Optional<CanvasVisit> visit = one.getValue().map(ExpectedVisits.Shown::visit);
      asked.put(one.getKey(), visits.asked(visit, keeper.knownEntries(one.getKey()), window));
      ledger.addAll(strays.records(one.getKey()));
    }
    List<UnsentChanges.Found> untold =
        about.values().stream()
            .flatMap(Optional::stream)
            .map(ExpectedVisits.Shown::untold)
            .toList();
    List<Discrepancy> doubled =
        doubles.among(
            about.values().stream()
                .flatMap(Optional::stream)
                .map(ExpectedVisits.Shown::thread)
                .toList(),
            deadline);
    return surveyed(asked, ledger, look(calendars, window, deadline), untold, doubled);
  }

  private Surveyed surveyed(
      Map<String, ExpectedVisits.Asked> asked,
      List<EntryRecord> ledger,
      Map<String, Look> looks,
      List<UnsentChanges.Found> untold,
      List<Discrepancy> doubled) {
    Map<String, String> unread = new LinkedHashMap<>();
    looks.forEach((key, look) -> look.failure().forEach(code -> unread.put(key, code)));
    Map<String, CanvasVisibility> sights =
        asked.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().sight()));
    List<ActualEntry> standing =
        looks.values().stream()
            .flatMap(look -> look.standing().stream())
            .filter(it -> asked.containsKey(it.place().visit()))
            .toList();
    Set<String> seen = new LinkedHashSet<>(looks.keySet());
    seen.removeAll(unread.keySet());
    List<ExpectedEntry> wanted =
        asked.values().stream().flatMap(it -> it.wanted().stream()).toList();
    return new Surveyed(
        new Snapshot(seen, unread.keySet(), sights, wanted, standing, known(ledger)),
        unread,
        ledger.stream()
            .collect(Collectors.toMap(it -> new EntryKey(it.binding(), it.root()), it -> it)),
        untold.stream().flatMap(it -> it.finding().stream()).toList(),
        untold.stream().flatMap(it -> it.silent().stream()).toList(),
        doubled);
  }

  private List<TrackedEntry> known(List<EntryRecord> ledger) {
    return ledger.stream()
        .map(
            it ->
                new TrackedEntry(
                    new EntryKey(it.binding(), it.root()),
                    it.externalId(),
                    it.isBusy(clock.instant()),
                    it.isSettled()))
        .toList();
  }

  private Map<String, Look> look(
      List<CalendarBinding> calendars, Interval window, Deadline deadline) {
    Map<String, Look> looks = new LinkedHashMap<>();
    for (CalendarBinding binding : calendars) {
      requireTime(deadline, ONE_CALENDAR);
      looks.put(binding.key(), Look.at(binding, lists.of(binding, window), prints));
    }
    return looks;
  }

  /** Two lines of the practice document may name one calendar. */
  private static List<CalendarBinding> distinct(List<CalendarBinding> calendars) {
    Map<String, CalendarBinding> byKey = new LinkedHashMap<>();
    calendars.forEach(binding -> byKey.putIfAbsent(binding.key(), binding));
    return List.copyOf(byKey.values());
  }

  static void requireTime(Deadline deadline) {
    requireTime(deadline, ONE_READ);
  }

  private static void requireTime(Deadline deadline, Duration needed) {
    if (!deadline.leaves(needed)) {
      throw new OutOfTimeException();
    }
  }

  /** One calendar, as it was found; with the reason if it was not. */
  private record Look(List<ActualEntry> standing, List<String> failure) {

    static Look at(CalendarBinding binding, Listing listing, ContentDigests prints) {
      if (listing instanceof Listing.Unread unread) {
        return new Look(List.of(), List.of(CalendarFailure.code(unread.why())));
      }
      return new Look(
          ((Listing.Entries) listing)
              .all().stream().map(entry -> prints.standing(binding, entry)).toList(),
          List.of());
    }

    Stream<String> visits() {
      return standing.stream().map(it -> it.place().visit());
    }
  }
}
