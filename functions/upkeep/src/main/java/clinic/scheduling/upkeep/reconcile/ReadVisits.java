package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.CanvasVisit;
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

/**
 * Reads every visit of a clinician that is in a window or has an entry there. Canvas has no search
 * by the time of a change (docs/facts/canvas.md 3.7), so we search for and read all appointments of
 * the window.
 */
@Singleton
final class ReadVisits {
  /** Keeps the number of pages of one search small. */
  private static final int DAYS_PER_SEARCH = 14;

  private final Canvas canvas;
  private final VisitReader reader;
  private final UnsentChanges unsentChanges;
  private final RetryReads retry;
  private final Clock clock;

  ReadVisits(
      Canvas canvas,
      VisitReader reader,
      UnsentChanges unsentChanges,
      RetryReads retry,
      Clock clock) {
    this.canvas = canvas;
    this.reader = reader;
    this.unsentChanges = unsentChanges;
    this.retry = retry;
    this.clock = clock;
  }

  /**
   * A visit as Canvas shows it.
   *
   * @param unsent the changes that its patient has not been told of
   */
  record InCanvas(VisitThread thread, CanvasVisit visit, UnsentChanges.Found unsent) {}

  /**
   * Every visit of the window, by the id of its first appointment. The value is empty if Canvas
   * does not know the visit. Our own blocks are no visits, so they are left out.
   *
   * @param appointments the appointments of the window
   * @param withEntries the visits that have entries. If the search does not find such a visit, the
   *     visit is read by its id before it counts as unknown to Canvas
   * @throws UnavailableException if anything cannot be read completely, because a discrepancy might
   *     be in the missing part
   */
  Map<String, Optional<InCanvas>> read(
      List<Appointment> appointments, Set<String> withEntries, Deadline deadline) {
    Map<String, Optional<InCanvas>> visits = new LinkedHashMap<>();
    AppointmentReads reads = id -> retry.read(deadline, () -> canvas.appointment(id));
    for (Appointment one : appointments) {
      if (reader.isOurBlock(one)) {
        continue;
      }
      OutOfTimeException.throwUnlessTimeForRead(deadline);
      VisitThread thread = VisitThread.of(new Versioned<>(one, clock.instant()), reads);
      InCanvas found = readOne(thread, reads, deadline);
      visits.putIfAbsent(found.visit().root(), Optional.of(found));
    }
    for (String root : withEntries) {
      OutOfTimeException.throwUnlessTimeForRead(deadline);
      visits.computeIfAbsent(
          root, it -> VisitThread.of(it, reads).map(thread -> readOne(thread, reads, deadline)));
    }
    return visits;
  }

  /**
   * All appointments of a clinician in a window, blocks included.
   *
   * @param practitioner the Canvas staff key
   * @throws UnavailableException if they cannot be read completely
   */
  List<Appointment> appointments(String practitioner, Interval window, Deadline deadline) {
    LocalDate end = LocalDate.ofInstant(window.end(), ZoneOffset.UTC).plusDays(1);
    Stream.Builder<Appointment> found = Stream.builder();
    LocalDate from = LocalDate.ofInstant(window.start(), ZoneOffset.UTC);
    while (from.isBefore(end)) {
      OutOfTimeException.throwUnlessTimeForRead(deadline);
      LocalDate next = from.plusDays(DAYS_PER_SEARCH);
      search(practitioner, from, next.isBefore(end) ? next : end, deadline).forEach(found);
      from = next;
    }
    return found
        .build()
        .filter(one -> one.practitioner().filter(practitioner::equals).isPresent())
        .filter(one -> window.overlaps(timeOf(one)))
        .toList();
  }

  private List<Appointment> search(
      String practitioner, LocalDate from, LocalDate to, Deadline deadline) {
    return retry.read(deadline, () -> canvas.appointmentsOf(practitioner, from, to, deadline));
  }

  private static Interval timeOf(Appointment one) {
    return one.time()
        .filter(time -> one.id() != null)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "canvas: an appointment that cannot be read", Duration.ofMinutes(1)));
  }

  private InCanvas readOne(VisitThread thread, AppointmentReads reads, Deadline deadline) {
    CanvasVisit visit = retry.read(deadline, () -> reader.read(thread));
    return new InCanvas(thread, visit, unsentChanges.find(thread, visit, reads));
  }
}
