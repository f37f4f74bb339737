package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.core.visit.VisitChanges;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads how a visit stands at the moment of telling. A change is told only if it is the newest that
 * the patient could see and if Canvas still agrees with it; otherwise a newer order exists or will.
 */
@Singleton
final class ReadNews {
  private final Canvas canvas;
  private final Rows rows;
  private final VisitChanges changes;
  private final DescribeVisit describe;
  private final Clock clock;
  private final String identifierSystem;

  /**
   * @param identifierSystem {@code CANVAS_IDENTIFIER_SYSTEM}, of our own Appointment identifiers
   */
  @Inject
  ReadNews(
      Canvas canvas,
      Rows rows,
      DescribeVisit describe,
      Clock clock,
      @ConfigProperty(name = "CANVAS_IDENTIFIER_SYSTEM") String identifierSystem) {
    this.canvas = canvas;
    this.rows = rows;
    this.changes = new VisitChanges(rows, clock);
    this.describe = describe;
    this.clock = clock;
    this.identifierSystem = identifierSystem;
  }

  /**
   * @throws clinic.scheduling.core.UnavailableException if Canvas does not answer
   */
  News about(Order order) {
    if (isSuperseded(order)) {
      return new News.Silence("superseded");
    }
    Optional<VisitThread> thread = VisitThread.of(order.appointment(), canvas);
    return thread.isEmpty() ? new News.Silence("no-visit") : about(order, thread.get());
  }

  private News about(Order order, VisitThread thread) {
    Appointment visit = thread.current();
    Optional<Interval> time = visit.time();
    Optional<Patient> patient = visit.patient().flatMap(canvas::patient);
    if (!agrees(visit, order.change())) {
      return new News.Silence("contradicted");
    }
    if (time.isEmpty() || !time.get().start().isAfter(clock.instant())) {
      return new News.Silence("over");
    }
    if (patient.isEmpty()) {
      return new News.Silence("no-patient");
    }
    Optional<Consent> consent =
        thread.bookingId(identifierSystem).flatMap(booking -> Consent.read(booking, rows));
    return new News.Due(
        order,
        describe.visit(order.root(), visit, time.get(), consent.flatMap(Consent::zone)),
        patient.get(),
        consent);
  }

  private boolean isSuperseded(Order order) {
    return changes
        .read(order.root())
        .filter(told -> told.sequence() > order.sequence())
        .isPresent();
  }

  /** A status that we do not know agrees with nothing. */
  private static boolean agrees(Appointment visit, Change change) {
    boolean gone = change == Change.CANCELLED;
    return visit.knownStatus().filter(status -> status.occupiesTime() != gone).isPresent();
  }
}
