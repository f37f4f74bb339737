package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads from Canvas how a visit stands, and what its patient said when booking it through us. */
@Singleton
final class ReadVisitState {
  private final Canvas canvas;
  private final Rows rows;
  private final DescribeVisit describe;
  private final ReadContactPoints points;
  private final String identifierSystem;

  @Inject
  ReadVisitState(
      Canvas canvas,
      Rows rows,
      DescribeVisit describe,
      ReadContactPoints points,
      IdentifierSystem identifierSystem) {
    this.canvas = canvas;
    this.rows = rows;
    this.describe = describe;
    this.points = points;
    this.identifierSystem = identifierSystem.uri();
  }

  /**
   * @throws UnavailableException if Canvas does not answer, or does not show it whole
   */
  VisitThread thread(MessageRequest order) {
    return VisitThread.of(order.appointment(), canvas).orElseThrow(() -> later("the visit"));
  }

  /** Whether booking took it back itself, before anybody was promised it. */
  boolean isWithdrawn(VisitThread thread) {
    return thread.isWithdrawn(identifierSystem);
  }

  /** The same, and whose visit it is. */
  VisitState of(MessageRequest order, VisitThread thread) {
    Appointment visit = thread.current();
    Interval time = visit.time().orElseThrow(() -> later("a time"));
    Patient patient =
        visit.patient().flatMap(canvas::patient).orElseThrow(() -> later("the patient"));
    Optional<Consent> consent =
        thread.bookingId(identifierSystem).flatMap(booking -> Consent.read(booking, rows));
    Optional<String> zone = consent.flatMap(Consent::zone).or(patient::zone);
    return new VisitState(
        visit,
        time,
        PatientFingerprint.of(visit),
        describe.visit(order.root(), visit, time, zone),
        describe.zoneOf(visit),
        patient,
        consent,
        consent.isEmpty() && thread.isPromised(identifierSystem),
        points.addresses(patient),
        points.numbers(patient));
  }

  static UnavailableException later(String missing) {
    return new UnavailableException("canvas: " + missing, RetryAfter.USUAL);
  }
}
