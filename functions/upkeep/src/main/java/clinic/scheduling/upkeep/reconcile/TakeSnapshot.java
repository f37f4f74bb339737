package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.EntryRecord;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.SyncPlan;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Visibility;
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
 * Reads Canvas, the ledger and the calendars of one clinician. Changes nothing.
 *
 * <p>The calendars are listed twice: first to find out which visits have entries, and again after
 * Canvas and the ledger were read. So the state of the calendars is never older than that of the
 * ledger. If the second list shows an entry of a visit that neither the first list nor Canvas has
 * shown, a worker has just created the entry. We ignore such an entry.
 *
 * <p>{@link ReadVisits} also finds out what the patient of each visit has not been told.
 */
@Singleton
final class TakeSnapshot {
  private static final Duration ONE_CALENDAR = Duration.ofSeconds(30);

  private final ReadVisits readVisits;
  private final VisitReader reader;
  private final DuplicateBookings duplicateBookings;
  private final EntryLists lists;
  private final EffectRunner effects;
  private final UntrackedEntries ledgerRows;
  private final ContentDigests digests;
  private final Clock clock;

  TakeSnapshot(
      ReadVisits readVisits,
      VisitReader reader,
      DuplicateBookings duplicateBookings,
      EntryLists lists,
      EffectRunner effects,
      UntrackedEntries ledgerRows,
      ContentDigests digests,
      Clock clock) {
    this.readVisits = readVisits;
    this.reader = reader;
    this.duplicateBookings = duplicateBookings;
    this.lists = lists;
    this.effects = effects;
    this.ledgerRows = ledgerRows;
    this.digests = digests;
    this.clock = clock;
  }

  /** One calendar: our entries in it, or why it could not be read. */
  private record Listed(List<Snapshot.Actual> entries, Optional<String> failure) {}

  /**
   * @param appointments the appointments of the clinician in the window
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer completely
   * @throws OutOfTimeException if there is not enough time
   */
  Inspection take(
      Practitioner who, Interval window, WindowAppointments appointments, Deadline deadline) {
    List<CalendarBinding> calendars = distinct(who.calendars());

    // 1. List the calendars, to find out which visits have entries.
    Set<String> withEntries = new LinkedHashSet<>();
    list(calendars, window, deadline)
        .values()
        .forEach(listed -> listed.entries().forEach(it -> withEntries.add(it.key().visit())));

    // 2. Read these visits, and all others of the window, from Canvas.
    Map<String, Optional<ReadVisits.InCanvas>> visits =
        readVisits.read(appointments.all(), withEntries, deadline);

    // 3. Work out which entries each visit should have, and read which entries the ledger tracks.
    Map<String, Visibility> visibility = new LinkedHashMap<>();
    List<Snapshot.Expected> expected = new ArrayList<>();
    List<EntryRecord> ledger = new ArrayList<>();
    for (Map.Entry<String, Optional<ReadVisits.InCanvas>> one : visits.entrySet()) {
      OutOfTimeException.throwUnlessTimeForRead(deadline);
      String root = one.getKey();
      Optional<SyncPlan> plan =
          one.getValue().map(it -> reader.plan(it.visit(), effects.knownEntries(root)));
      visibility.put(root, plan.map(TakeSnapshot::visibility).orElse(Visibility.NOT_IN_CANVAS));
      // An entry may carry the id of a later appointment of its visit, but it is expected under the
      // id of the first appointment.
      one.getValue()
          .map(it -> it.visit().root())
          .ifPresent(visit -> expected.addAll(expected(visit, plan.orElseThrow(), window)));
      ledger.addAll(ledgerRows.records(root));
    }

    // 4. Find bookings that Canvas has twice.
    List<ReadVisits.InCanvas> known = visits.values().stream().flatMap(Optional::stream).toList();
    List<Discrepancy> duplicates =
        duplicateBookings.findAmong(
            known.stream()
                .filter(it -> it.visit().kind() != CanvasVisit.Kind.OUR_BLOCK)
                .map(ReadVisits.InCanvas::thread)
                .toList(),
            deadline);

    // 5. List the calendars again; leave out visits that step 2 did not read.
    Map<String, Listed> listed = list(calendars, window, deadline);
    Map<String, String> unread = new LinkedHashMap<>();
    listed.forEach((key, it) -> it.failure().ifPresent(code -> unread.put(key, code)));
    Set<String> listedCalendars = new LinkedHashSet<>(listed.keySet());
    listedCalendars.removeAll(unread.keySet());
    List<Snapshot.Actual> actual =
        listed.values().stream()
            .flatMap(it -> it.entries().stream())
            .filter(it -> visits.containsKey(it.key().visit()))
            .toList();

    return new Inspection(
        new Snapshot(
            listedCalendars,
            unread.keySet(),
            visibility,
            expected,
            actual,
            ledger.stream().map(this::tracked).toList()),
        unread,
        ledger.stream().collect(Collectors.toMap(TakeSnapshot::key, it -> it)),
        known.stream().flatMap(it -> it.unsent().untold().stream()).toList(),
        known.stream().flatMap(it -> it.unsent().silent().stream()).toList(),
        duplicates);
  }

  private Map<String, Listed> list(
      List<CalendarBinding> calendars, Interval window, Deadline deadline) {
    Map<String, Listed> listed = new LinkedHashMap<>();
    for (CalendarBinding binding : calendars) {
      OutOfTimeException.throwUnlessTimeFor(ONE_CALENDAR, deadline);
      listed.put(binding.key(), listed(binding, lists.of(binding, window)));
    }
    return listed;
  }

  private Listed listed(CalendarBinding binding, Listing listing) {
    return listing.fold(
        entries ->
            new Listed(
                entries.all().stream().map(entry -> digests.actual(binding, entry)).toList(),
                Optional.empty()),
        unread -> new Listed(List.of(), Optional.of(unread.why().code())));
  }

  private static Visibility visibility(SyncPlan plan) {
    return switch (plan.verdict()) {
      case SHOWN, NOT_SHOWN -> Visibility.CLEAR;
      case NOT_YET_CLEAR, UNKNOWN -> Visibility.UNCLEAR;
    };
  }

  private List<Snapshot.Expected> expected(String visit, SyncPlan plan, Interval window) {
    return plan.effects().stream()
        .flatMap(effect -> effect.fold(Stream::of, remove -> Stream.<Effect.Put>empty()))
        .map(put -> digests.expected(visit, put, window))
        .toList();
  }

  private Snapshot.Tracked tracked(EntryRecord row) {
    return new Snapshot.Tracked(
        key(row), row.externalId(), row.isBusy(clock.instant()), row.isSettled());
  }

  private static EntryKey key(EntryRecord row) {
    return new EntryKey(row.binding(), row.root());
  }

  /** Removes duplicates: the practice document may name a calendar twice. */
  private static List<CalendarBinding> distinct(List<CalendarBinding> calendars) {
    Map<String, CalendarBinding> byKey = new LinkedHashMap<>();
    calendars.forEach(binding -> byKey.putIfAbsent(binding.key(), binding));
    return List.copyOf(byKey.values());
  }
}
