package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Creates appointments under another practice document than that of the function. */
@Singleton
public class Creating {
  private final SignedTokens tokens;
  private final CallLimits limits;
  private final Idempotency idempotency;
  private final StartVerification verification;
  private final RunBooking run;
  private final Clock clock;

  Creating(
      SignedTokens tokens,
      CallLimits limits,
      Idempotency idempotency,
      StartVerification verification,
      RunBooking run,
      Clock clock) {
    this.tokens = tokens;
    this.limits = limits;
    this.idempotency = idempotency;
    this.verification = verification;
    this.run = run;
    this.clock = clock;
  }

  public CreateAppointment under(Practice practice) {
    return new CreateAppointment(
        practice,
        limits,
        idempotency,
        new ReadBooking(practice, tokens, idempotency),
        verification,
        run,
        clock,
        () -> "canvas_patient");
  }

  /** Creates the record of a new patient, as a booking does. */
  public static Patient newPatient(BookingRequest.Person person, Identifier identifier) {
    return MatchPatient.newPatient(person, identifier, Optional.empty());
  }
}
