package clinic.scheduling.canvas.message;

import clinic.scheduling.canvas.AppointmentReads;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.visit.KnownVisits;
import java.time.Instant;
import java.util.Optional;

/**
 * What we can conclude about a future visit without a record in the ChangeLog (docs/decisions/0021;
 * Canvas does not say when an appointment was made: docs/facts/canvas.md 3.7). Reconciliation
 * records all visits up to some day ({@link KnownVisits}). If a visit before that day has no
 * record, it was created, or moved to its present time, after the others had been recorded.
 *
 * <p>A move by staff creates another appointment, so we check both the first appointment of the
 * visit and the current one. For example, suppose that all visits until 30 June are recorded, and
 * that a visit on 15 June has no record. If it was never moved, the visit is new. If its first
 * appointment was on 10 June, the visit is new as well, because an older visit would have been
 * recorded on that day. If its first appointment was on 10 July, the visit may be old, but its move
 * to 15 June is new.
 *
 * @param isNew whether the visit is new; an older one would have a record
 * @param isMovedSince whether staff moved the visit to its present time after reconciliation had
 *     recorded all visits at that time; if the visit had been there before, it would have a record
 * @param lastKnownFingerprint the fingerprint of what the patient knows about the visit unless it
 *     is new; empty if the visit has not moved
 */
public record UnrecordedVisit(
    boolean isNew, boolean isMovedSince, Optional<String> lastKnownFingerprint) {

  public static UnrecordedVisit of(
      VisitThread thread, KnownVisits known, AppointmentReads reads, Instant now) {
    boolean shouldHaveRecord = shouldHaveRecord(known, thread.current(), now);
    if (thread.currentId().equals(thread.rootId())) {
      return new UnrecordedVisit(shouldHaveRecord, false, Optional.empty());
    }
    return new UnrecordedVisit(
        shouldHaveRecord(known, thread.root(), now),
        shouldHaveRecord,
        PatientFingerprint.asIfOn(lastKnown(thread, known, reads, now)));
  }

  /**
   * The last appointment that the patient can know of. Usually this is the one that the current
   * appointment replaced. But if a visit at the time of that appointment should have a record too,
   * the patient was not told about the move to that time either. Then the last appointment that the
   * patient can know of is the first one of the visit.
   */
  private static Appointment lastKnown(
      VisitThread thread, KnownVisits known, AppointmentReads reads, Instant now) {
    return thread
        .current()
        .replaces()
        .flatMap(reads::appointment)
        .map(Versioned::resource)
        .filter(replaced -> !shouldHaveRecord(known, replaced, now))
        .orElse(thread.root());
  }

  /** Only future visits are tested. For a visit that has begun, a missing record proves nothing. */
  private static boolean shouldHaveRecord(KnownVisits known, Appointment one, Instant now) {
    return one.time()
        .map(Interval::start)
        .filter(now::isBefore)
        .filter(start -> known.covers(one.practitioner().orElse(""), start))
        .isPresent();
  }
}
