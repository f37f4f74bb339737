package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.contact.ContactPoints;
import clinic.scheduling.confirmations.contact.ReadContactPoints;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Optional;

/** Reads a visit and its patient from Canvas, and what the patient ticked when booking with us. */
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
   * @throws UnavailableException if Canvas does not answer, or does not show the whole thread
   */
  VisitThread thread(MessageRequest request) {
    return VisitThread.of(request.appointment(), canvas).orElseThrow(() -> later("the visit"));
  }

  /** Whether booking withdrew the appointment itself, before it promised it to anybody. */
  boolean isWithdrawn(VisitThread thread) {
    return thread.isWithdrawn(identifierSystem);
  }

  /**
   * @throws UnavailableException if Canvas does not answer, or does not show the time or patient
   */
  VisitState state(MessageRequest request, VisitThread thread) {
    Appointment appointment = thread.current();
    Interval time = appointment.time().orElseThrow(() -> later("a time"));
    Patient patient =
        appointment.patient().flatMap(canvas::patient).orElseThrow(() -> later("the patient"));
    Optional<Consent> consent =
        thread.bookingId(identifierSystem).flatMap(booking -> Consent.read(booking, rows));
    Optional<String> zone = consent.flatMap(Consent::zone).or(patient::zone);
    ZoneId place = describe.zoneOf(appointment);
    return new VisitState(
        appointment,
        time,
        PatientFingerprint.of(appointment),
        describe.visit(request.root(), appointment, time, zone),
        place,
        zone.flatMap(DescribeVisit::zone).orElse(place),
        patient,
        new ContactPoints(
            points.addresses(patient),
            points.numbers(patient),
            consent,
            consent.isEmpty() && thread.isPromised(identifierSystem)));
  }

  static UnavailableException later(String missing) {
    return new UnavailableException("canvas: " + missing, RetryAfter.USUAL);
  }
}
