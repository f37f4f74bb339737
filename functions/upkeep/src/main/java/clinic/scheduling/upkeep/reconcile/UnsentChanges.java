package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.AppointmentReads;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.message.MessagePlan;
import clinic.scheduling.canvas.message.UnrecordedVisit;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.KnownVisits;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.compare.Discrepancy.Repair;
import clinic.scheduling.upkeep.reconcile.compare.EntryKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds changes that a patient has not been told of because every notice of them was lost. An
 * example is a new meeting link, which a calendar may not show. The rules of SyncCalendars decide
 * which change needs a message and which is only recorded; see {@link MessagePlan} and
 * docs/decisions/0021.
 *
 * <p>Changes that need no message are recorded here. Otherwise a visit that is older than our
 * records could later be taken for a new one.
 */
@Singleton
final class UnsentChanges {
  private static final String PATIENT = "patient";
  private static final Duration ONE_ROW = Duration.ofSeconds(6);

  private final ChangeLog changes;
  private final KnownVisits knownVisits;
  private final VisitReader reader;
  private final DuplicateBooking duplicateBooking;
  private final Practice practice;
  private final Clock clock;

  UnsentChanges(
      Rows rows,
      VisitReader reader,
      DuplicateBooking duplicateBooking,
      Practice practice,
      Clock clock) {
    this.changes = new ChangeLog(rows, clock);
    this.knownVisits = new KnownVisits(rows, clock);
    this.reader = reader;
    this.duplicateBooking = duplicateBooking;
    this.practice = practice;
    this.clock = clock;
  }

  /** A change to record without telling the patient. */
  record SilentChange(String root, Optional<ChangeRecord> before, ChangeRecord next) {}

  /**
   * The result for one visit; at most one of the two is present.
   *
   * @param untold present if the patient has to be told something
   * @param silent present if a change has to be recorded without telling the patient
   */
  record Found(Optional<Discrepancy> untold, Optional<SilentChange> silent) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
  }

  /**
   * Finds what the patient of a future visit has not been told. The result is {@link Found#NOTHING}
   * if there is nothing to tell and nothing to record.
   */
  Found find(VisitThread thread, CanvasVisit visit, AppointmentReads reads) {
    boolean ahead = visit.time().filter(time -> time.start().isAfter(clock.instant())).isPresent();
    return visit.kind() == CanvasVisit.Kind.OF_PATIENT && ahead
        ? PatientFingerprint.of(thread.current())
            .map(fingerprint -> find(thread, visit, fingerprint, reads))
            .orElse(Found.NOTHING)
        : Found.NOTHING;
  }

  private Found find(
      VisitThread thread, CanvasVisit visit, String fingerprint, AppointmentReads reads) {
    MessagePlan.Look look =
        new MessagePlan.Look(
            fingerprint,
            true,
            reader.isPromised(thread),
            false,
            false,
            () -> UnrecordedVisit.of(thread, knownVisits, reads, clock.instant()));
    Optional<ChangeRecord> last = changes.read(visit.root());
    Optional<ChangeRecord> next = MessagePlan.next(look, last, practice, clock.instant());
    boolean isLastSent = last.map(ChangeRecord::sent).orElse(true);
    if (!isLastSent || next.filter(it -> !it.sent()).isPresent()) {
      if (last.isEmpty() && duplicateBooking.recordedOriginal(thread, reads).isPresent()) {
        return Found.NOTHING; // SyncCalendars sends no message about a duplicate
      }
      return new Found(Optional.of(untold(visit)), Optional.empty());
    }
    return new Found(Optional.empty(), next.map(it -> new SilentChange(visit.root(), last, it)));
  }

  private static Discrepancy untold(CanvasVisit visit) {
    return new Discrepancy(
        Kind.UNTOLD, new EntryKey(PATIENT, visit.root()), Repair.HINT, Optional.empty());
  }

  /**
   * Records silent changes. After all are recorded, marks the clinician's visits of the window as
   * known. If a visit without a record is found in the window after that, it counts as new. If the
   * time runs out, the next run records the rest.
   *
   * @return how many were recorded
   */
  int record(String practitioner, Interval window, List<SilentChange> silent, Deadline deadline) {
    int recorded = 0;
    for (SilentChange one : silent) {
      if (!deadline.leaves(ONE_ROW)) {
        return recorded;
      }
      // If another worker was faster, the state that it recorded is at least as new.
      recorded += changes.write(one.root(), one.before(), one.next()) ? 1 : 0;
    }
    knownVisits.extend(practitioner, window.start(), window.end());
    return recorded;
  }
}
