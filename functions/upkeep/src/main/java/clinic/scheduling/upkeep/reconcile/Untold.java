package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.canvas.PatientView;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.core.visit.VisitChanges.Told;
import clinic.scheduling.upkeep.reconcile.Finding.Kind;
import clinic.scheduling.upkeep.reconcile.Finding.Repair;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Changes that a patient has not been told of, since every notice of them was lost: a new meeting
 * link, say, that no calendar shows. What is told and what is passed over in silence is for the
 * fan-out to say, so that one it has seen is not found here again.
 */
@Singleton
final class Untold {
  private static final String PATIENT = "patient";

  private final VisitChanges changes;
  private final Practice practice;
  private final Clock clock;

  Untold(Rows rows, Practice practice, Clock clock) {
    this.changes = new VisitChanges(rows, clock);
    this.practice = practice;
    this.clock = clock;
  }

  /** Empty if the patient knows how it stands, or if that is not certain. */
  Optional<Finding> of(VisitThread thread, Visit visit) {
    boolean ahead = visit.time().filter(time -> time.start().isAfter(clock.instant())).isPresent();
    return visit.kind() == Visit.Kind.OF_PATIENT && ahead
        ? PatientView.of(thread.current(), practice)
            .filter(view -> isNews(view, changes.read(visit.root())))
            .map(view -> finding(visit))
        : Optional.empty();
  }

  private static boolean isNews(String view, Optional<Told> told) {
    boolean neverHeardOf = told.isEmpty() && view.equals(PatientView.GONE);
    boolean ordered = told.map(Told::sent).orElse(true);
    return !ordered
        || (!neverHeardOf && PatientView.change(told.map(Told::fingerprint), view).isPresent());
  }

  private static Finding finding(Visit visit) {
    return new Finding(
        Kind.UNTOLD, new Place(PATIENT, visit.root()), Repair.HINT, Optional.empty());
  }
}
