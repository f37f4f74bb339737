package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Creates appointments under another practice document than that of the function. */
@Singleton
public class Creating {
  private final SignedTokens tokens;
  private final CallLimits limits;
  private final Idempotency idempotency;
  private final BookVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;
  private final Clock clock;

  Creating(
      SignedTokens tokens,
      CallLimits limits,
      Idempotency idempotency,
      BookVisit visit,
      AppointmentAnswer answer,
      NearestTimes nearest,
      Clock clock) {
    this.tokens = tokens;
    this.limits = limits;
    this.idempotency = idempotency;
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
    this.clock = clock;
  }

  public CreateAppointment under(Practice practice) {
    return new CreateAppointment(
        practice,
        tokens,
        limits,
        idempotency,
        visit,
        answer,
        nearest,
        clock,
        () -> "canvas_patient");
  }

  /** Creates the record of a new patient, as a booking does. */
  public static Patient newPatient(BookingRequest.Person person, Identifier identifier) {
    return MatchPatient.newPatient(person, identifier);
  }
}
