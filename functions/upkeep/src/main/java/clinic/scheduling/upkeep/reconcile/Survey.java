package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.calendars.keep.EntryKeeper;
import clinic.scheduling.calendars.keep.EntryLists;
import clinic.scheduling.calendars.keep.Noted;
import clinic.scheduling.calendars.keep.Strays;
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
final class Survey {
  private static final Duration ONE_READ = Duration.ofSeconds(10);
  private static final Duration ONE_CALENDAR = Duration.ofSeconds(30);

  private final Visits visits;
  private final Doubles doubles;
  private final EntryLists lists;
  private final EntryKeeper keeper;
  private final Strays strays;
  private final Prints prints;
  private final Clock clock;

  Survey(
      Visits visits,
      Doubles doubles,
      EntryLists lists,
      EntryKeeper keeper,
      Strays strays,
      Prints prints,
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
      Picture picture,
      Map<String, String> unread,
      Map<Place, Noted> ledger,
      List<Finding> untold,
      List<Untold.Silent> silent,
      List<Finding> doubles) {

    /** Visits whose patients would hear of them, by whatever notice about them. */
    Set<String> unheard() {
      return untold.stream().map(it -> it.place().visit()).collect(Collectors.toSet());
    }

    /** A notice about a visit serves its patient too, and so does a worker who is there. */
    List<Finding> findings() {
      List<Finding> found = Stream.concat(Findings.of(picture).stream(), doubles.stream()).toList();
      Set<String> seenTo =
          Stream.concat(
                  found.stream()
                      .filter(it -> it.repair() != Finding.Repair.REMOVE)
                      .map(Finding::place),
                  picture.known().stream().filter(Recorded::busy).map(Recorded::place))
              .map(Place::visit)
              .collect(Collectors.toSet());
      return Stream.concat(
              found.stream(), untold.stream().filter(it -> !seenTo.contains(it.place().visit())))
          .toList();
    }

    /** Those about what stands there, or of which the ledger knows: nothing new comes of them. */
    List<Finding> findingsOfWhatWas() {
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
    Map<String, Optional<Visits.Shown>> about =
        visits.about(who.canvasId(), window, standing, deadline);
    Map<String, Visits.Asked> asked = new LinkedHashMap<>();
    List<Noted> ledger = new ArrayList<>();
    for (Map.Entry<String, Optional<Visits.Shown>> one : about.entrySet()) {
      requireTime(deadline);
      Optional<Visit> visit = one.getValue().map(Visits.Shown::visit);
      asked.put(one.getKey(), visits.asked(visit, keeper.known(one.getKey()), window));
      ledger.addAll(strays.noted(one.getKey()));
    }
    List<Untold.Found> untold =
        about.values().stream().flatMap(Optional::stream).map(Visits.Shown::untold).toList();
    List<Finding> doubled =
        doubles.among(
            about.values().stream().flatMap(Optional::stream).map(Visits.Shown::thread).toList(),
            deadline);
    return surveyed(asked, ledger, look(calendars, window, deadline), untold, doubled);
  }

  private Surveyed surveyed(
      Map<String, Visits.Asked> asked,
      List<Noted> ledger,
      Map<String, Look> looks,
      List<Untold.Found> untold,
      List<Finding> doubled) {
    Map<String, String> unread = new LinkedHashMap<>();
    looks.forEach((key, look) -> look.failure().forEach(code -> unread.put(key, code)));
    Map<String, Sight> sights =
        asked.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().sight()));
    List<Standing> standing =
        looks.values().stream()
            .flatMap(look -> look.standing().stream())
            .filter(it -> asked.containsKey(it.place().visit()))
            .toList();
    Set<String> seen = new LinkedHashSet<>(looks.keySet());
    seen.removeAll(unread.keySet());
    List<Wanted> wanted = asked.values().stream().flatMap(it -> it.wanted().stream()).toList();
    return new Surveyed(
        new Picture(seen, unread.keySet(), sights, wanted, standing, known(ledger)),
        unread,
        ledger.stream()
            .collect(Collectors.toMap(it -> new Place(it.binding(), it.root()), it -> it)),
        untold.stream().flatMap(it -> it.finding().stream()).toList(),
        untold.stream().flatMap(it -> it.silent().stream()).toList(),
        doubled);
  }

  private List<Recorded> known(List<Noted> ledger) {
    return ledger.stream()
        .map(
            it ->
                new Recorded(
                    new Place(it.binding(), it.root()),
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
  private record Look(List<Standing> standing, List<String> failure) {

    static Look at(CalendarBinding binding, Listing listing, Prints prints) {
      if (listing instanceof Listing.Unread unread) {
        return new Look(List.of(), List.of(Trouble.code(unread.why())));
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
