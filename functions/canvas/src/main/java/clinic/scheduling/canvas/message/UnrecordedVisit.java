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
 * What can be said of a visit ahead that has no row. Who reschedules makes another appointment, so
 * the time that stands says when that one was made, and not whether the visit itself is new.
 *
 * @param isNew whether the visit would have a row if it were not new
 * @param isMovedSince whether it would have one if it had stood there before
 * @param before what its patient knows of it, if it is not new and was moved; empty if it was not
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

  /** A step in between that has no row where it would have one was not told either. */
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

  /** What has begun was perhaps never looked at, however far the known days reach. */
  private static boolean reach(KnownVisits known, Appointment one, Instant now) {
    return one.time()
        .map(Interval::start)
        .filter(now::isBefore)
        .filter(start -> known.reach(one.practitioner().orElse(""), start))
        .isPresent();
  }
}
