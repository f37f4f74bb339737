package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.AppointmentReads;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.MessagePlan;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.UnrecordedVisit;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.KnownVisits;
import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import clinic.scheduling.upkeep.reconcile.Discrepancy.Repair;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Changes that a patient has not been told of, since every notice of them was lost: a new meeting
 * link, say, that no calendar shows. What is told and what is passed over in silence is decided as
 * the fan-out decides it ({@link MessagePlan}). What is silent is recorded here, so that visits
 * that are older than what we know are not taken for new ones later.
 */
@Singleton
final class UnsentChanges {
  private static final String PATIENT = "patient";
  private static final Duration ONE_ROW = Duration.ofSeconds(6);

  private final ChangeLog changes;
  private final KnownVisits known;
  private final VisitReader reader;
  private final DuplicateBooking twice;
  private final Practice practice;
  private final Clock clock;

  UnsentChanges(
      Rows rows, VisitReader reader, DuplicateBooking twice, Practice practice, Clock clock) {
    this.changes = new ChangeLog(rows, clock);
    this.known = new KnownVisits(rows, clock);
    this.reader = reader;
    this.twice = twice;
    this.practice = practice;
    this.clock = clock;
  }

  /** What is to be known of a visit, and its patient is not told. */
  record Silent(String root, Optional<ChangeRecord> before, ChangeRecord next) {}

  /** A visit whose patient does not know how it stands, or of which that is not recorded yet. */
  record Found(Optional<Discrepancy> finding, Optional<Silent> silent) {
    static final Found NOTHING = new Found(Optional.empty(), Optional.empty());
  }

  /** Nothing if the patient knows how it stands, or if that is not certain. */
  Found of(VisitThread thread, CanvasVisit visit, AppointmentReads reads) {
    boolean ahead = visit.time().filter(time -> time.start().isAfter(clock.instant())).isPresent();
    return visit.kind() == CanvasVisit.Kind.OF_PATIENT && ahead
        ? PatientFingerprint.of(thread.current())
            .map(view -> of(thread, visit, view, reads))
            .orElse(Found.NOTHING)
        : Found.NOTHING;
  }

  private Found of(VisitThread thread, CanvasVisit visit, String view, AppointmentReads reads) {
    MessagePlan.Look look =
        new MessagePlan.Look(
            view,
            true,
            reader.isPromised(thread),
            false,
            false,
            () -> UnrecordedVisit.of(thread, known, reads, clock.instant()));
    Optional<ChangeRecord> told = changes.read(visit.root());
    Optional<ChangeRecord> next = MessagePlan.next(look, told, practice, clock.instant());
    boolean ordered = told.map(ChangeRecord::sent).orElse(true);
    if (!ordered || next.filter(it -> !it.sent()).isPresent()) {
      if (told.isEmpty() && twice.knewInsteadOf(thread, reads).isPresent()) {
        return Found.NOTHING; // the fan-out does not tell of it, however often it is asked
      }
      return new Found(Optional.of(finding(visit)), Optional.empty());
    }
    return new Found(Optional.empty(), next.map(it -> new Silent(visit.root(), told, it)));
  }

  /**
   * Records what is silent. After that all visits of this clinician in these days are known. What
   * there is no time for is recorded by the next run.
   *
   * @return how many were recorded
   */
  int note(String practitioner, Interval days, List<Silent> silent, Deadline deadline) {
    int noted = 0;
    for (Silent one : silent) {
      if (!deadline.leaves(ONE_ROW)) {
        return noted;
      }
      // Where somebody else was faster, their look is as new.
      noted += changes.write(one.root(), one.before(), one.next()) ? 1 : 0;
    }
    known.extend(practitioner, days.start(), days.end());
    return noted;
  }

  private static Discrepancy finding(CanvasVisit visit) {
    return new Discrepancy(
        Kind.UNTOLD, new EntryKey(PATIENT, visit.root()), Repair.HINT, Optional.empty());
  }
}
