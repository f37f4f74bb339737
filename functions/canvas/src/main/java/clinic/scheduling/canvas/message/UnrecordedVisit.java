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
 * What we can conclude about a future visit without a record in the ChangeLog. A move by staff
 * creates another appointment, so the current appointment may be new although the visit is not.
 *
 * @param isNew whether the visit is new: an older one would have a record
 * @param isMovedSince whether staff have moved the visit to its present time since reconciliation
 *     recorded that time: otherwise it would have a record
 * @param before what the patient knows about it, if it is not new and has moved; otherwise empty
 */
public record UnrecordedVisit(boolean isNew, boolean isMovedSince, Optional<String> before) {

  public static UnrecordedVisit of(
      VisitThread thread, KnownVisits known, AppointmentReads reads, Instant now) {
    boolean isKnownThere = reach(known, thread.current(), now);
    if (thread.currentId().equals(thread.rootId())) {
      return new UnrecordedVisit(isKnownThere, false, Optional.empty());
    }
    return new UnrecordedVisit(
        reach(known, thread.root(), now),
        isKnownThere,
        PatientFingerprint.facts(lastKnown(thread, known, reads, now)));
  }

  /**
   * The last appointment that the patient can know of: the one that the current appointment
   * replaced. If that one should have a record too and has none, the patient was not told of that
   * move either, and knows the first one.
   */
  private static Appointment lastKnown(
      VisitThread thread, KnownVisits known, AppointmentReads reads, Instant now) {
    return thread
        .current()
        .replaces()
        .flatMap(reads::appointment)
        .map(Versioned::resource)
        .filter(replaced -> !reach(known, replaced, now))
        .orElse(thread.root());
  }

  /** Only future visits are tested. For a visit that has begun, a missing record proves nothing. */
  private static boolean reach(KnownVisits known, Appointment one, Instant now) {
    return one.time()
        .map(Interval::start)
        .filter(now::isBefore)
        .filter(start -> known.reach(one.practitioner().orElse(""), start))
        .isPresent();
  }
}
