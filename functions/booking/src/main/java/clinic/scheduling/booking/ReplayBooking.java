package clinic.scheduling.booking;

import clinic.scheduling.booking.Idempotency.Settled;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.ledger.RowKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * A booking that was asked for when the practice still offered what it names. A repeat is answered
 * as it was then, with the visit as Canvas shows it; nothing new is booked.
 */
@Singleton
class ReplayBooking {
  private final Idempotency idempotency;
  private final ConfirmBooking kept;
  private final Canvas canvas;
  private final AppointmentAnswer answer;

  ReplayBooking(
      Idempotency idempotency, ConfirmBooking kept, Canvas canvas, AppointmentAnswer answer) {
    this.idempotency = idempotency;
    this.kept = kept;
    this.canvas = canvas;
    this.answer = answer;
  }

  /** Empty if this request is a new one. */
  Optional<APIGatewayV2HTTPResponse> answer(RowKey name, JsonNode asked, String bookingId) {
    if (!idempotency.isKnown(name, asked)) {
      return Optional.empty();
    }
    String outcome =
        idempotency.outcome(
            name, asked, () -> {}, seenBefore -> Settled.kept(kept.settle(bookingId).text()));
    return Optional.of(answer(Outcome.parse(outcome)));
  }

  private APIGatewayV2HTTPResponse answer(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return Responses.problem(rejected.problem());
    }
    return asItStands(
        outcome instanceof Outcome.AlreadyBooked found
            ? found.appointment()
            : ((Outcome.Booked) outcome).appointment());
  }

  /** A booking of which the patient hears late: the visit as Canvas shows it now. */
  APIGatewayV2HTTPResponse asItStands(String id) {
    VisitThread thread =
        CompleteThread.of(id, canvas)
            .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(3)));
    return CreateAppointment.created(id, answer.of(thread));
  }
}
