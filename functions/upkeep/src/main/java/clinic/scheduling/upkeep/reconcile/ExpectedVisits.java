package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.Effect;
import clinic.scheduling.calendars.entry.KnownEntries;
import clinic.scheduling.calendars.entry.SyncPlan;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.AppointmentReads;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What Canvas and the practice document ask of the calendars, visit by visit. */
@Singleton
final class ExpectedVisits {
  /** A search is kept to so many days, so that its pages have an end. */
  private static final int DAYS = 14;

  private final Canvas canvas;
  private final VisitReader reader;
  private final UnsentChanges untold;
  private final ContentDigests prints;
  private final RetryReads patience;
  private final Clock clock;

  ExpectedVisits(
      Canvas canvas,
      VisitReader reader,
      UnsentChanges untold,
      ContentDigests prints,
      RetryReads patience,
      Clock clock) {
    this.canvas = canvas;
    this.reader = reader;
    this.untold = untold;
    this.prints = prints;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * A visit as Canvas shows it.
   *
   * @param untold what its patient has not been told
   */
  record Shown(VisitThread thread, CanvasVisit visit, UnsentChanges.Found untold) {}

  /** What is asked for one visit, in whosoever calendars. */
  record Asked(CanvasVisibility sight, List<ExpectedEntry> wanted) {}

  /**
   * Every visit that is about, by its first appointment; empty where Canvas does not know it.
   *
   * @param practitioner the Canvas staff key
   * @param standing visits that have entries, each of which is looked up if the search has not
   *     found it
   * @throws UnavailableException if anything of theirs cannot be read: what is left out might be
   *     what counts
   */
  Map<String, Optional<Shown>> about(
      String practitioner, Interval window, Set<String> standing, Deadline deadline) {
    Map<String, Optional<Shown>> visits = new LinkedHashMap<>();
    AppointmentReads reads = reads(deadline);
    for (Appointment one : appointments(practitioner, window, deadline)) {
      TakeSnapshot.requireTime(deadline);
      Shown shown = shown(VisitThread.of(new Versioned<>(one, clock.instant()), reads), deadline);
      visits.putIfAbsent(shown.visit().root(), Optional.of(shown));
    }
    for (String root : standing) {
      TakeSnapshot.requireTime(deadline);
      visits.computeIfAbsent(
          root, it -> VisitThread.of(it, reads).map(thread -> shown(thread, deadline)));
    }
    return visits;
  }

  /** What is wanted of a visit, as the fan-out would decide it. */
  Asked asked(Optional<CanvasVisit> visit, KnownEntries known, Interval window) {
    return visit
        .map(it -> asked(it, reader.plan(it, known), window))
        .orElseGet(() -> new Asked(CanvasVisibility.UNKNOWN, List.of()));
  }

  private Asked asked(CanvasVisit visit, SyncPlan plan, Interval window) {
    CanvasVisibility sight =
        switch (plan.verdict()) {
          case SHOWN, NOT_SHOWN -> CanvasVisibility.CLEAR;
          case NOT_YET_CLEAR, UNKNOWN -> CanvasVisibility.UNCLEAR;
        };
    List<ExpectedEntry> wanted =
        plan.effects().stream()
            .filter(Effect.Put.class::isInstance)
            .map(Effect.Put.class::cast)
            .map(put -> prints.wanted(visit.root(), put, window))
            .toList();
    return new Asked(sight, wanted);
  }

  private AppointmentReads reads(Deadline deadline) {
    return id -> patience.with(deadline, () -> canvas.appointment(id));
  }

  private Shown shown(VisitThread thread, Deadline deadline) {
    CanvasVisit visit = patience.with(deadline, () -> reader.read(thread));
    return new Shown(thread, visit, untold.of(thread, visit, reads(deadline)));
  }

  private List<Appointment> appointments(String practitioner, Interval window, Deadline deadline) {
    LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC).plusDays(1);
    Stream.Builder<Appointment> found = Stream.builder();
    LocalDate from = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
    while (from.isBefore(end)) {
      TakeSnapshot.requireTime(deadline);
      LocalDate to = from.plusDays(DAYS).isBefore(end) ? from.plusDays(DAYS) : end;
      search(practitioner, from, to, deadline).forEach(found);
      from = to;
    }
    return found
        .build()
        .filter(one -> one.practitioner().filter(practitioner::equals).isPresent())
        .filter(one -> window.overlaps(readable(one)))
        .toList();
  }

  private List<Appointment> search(
      String practitioner, LocalDate from, LocalDate to, Deadline deadline) {
    return patience.with(deadline, () -> canvas.appointmentsOf(practitioner, from, to, deadline));
  }

  private static Interval readable(Appointment one) {
    return one.time()
        .filter(time -> one.id() != null)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: an appointment that cannot be read", Duration.ofMinutes(1)));
  }
}
