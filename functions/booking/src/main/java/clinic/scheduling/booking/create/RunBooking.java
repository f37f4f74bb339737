package clinic.scheduling.booking.create;

import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.Outcome;
import clinic.scheduling.booking.visit.Outcome.Rejected;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Responses;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Lets {@link BookVisit} book a visit, once for each request, and answers with its outcome. */
@Singleton
class RunBooking {
  private static final Log LOG = Log.of(RunBooking.class);

  private final BookVisit visit;
  private final AppointmentAnswer answer;
  private final NearestTimes nearest;

  RunBooking(BookVisit visit, AppointmentAnswer answer, NearestTimes nearest) {
    this.visit = visit;
    this.answer = answer;
    this.nearest = nearest;
  }

  Outcome book(BookingCommand command, Idempotency.Known known) {
    return known.once(Outcome::parse, mayHaveActed -> visit.book(command, mayHaveActed));
  }

  APIGatewayV2HTTPResponse answer(BookingCommand command, Outcome outcome) {
    return outcome.fold(
        booked -> {
          LOG.info("booked", "appointment", booked.appointment());
          return answer.created(command, booked.appointment());
        },
        already -> answerCurrent(already.appointment()),
        rejected -> answerRejected(command, rejected));
  }

  /** Finishes and answers a repeat that is no longer valid. It books nothing new. */
  APIGatewayV2HTTPResponse settleEarlier(String bookingId, Idempotency.Known known) {
    Outcome outcome = known.once(Outcome::parse, mayHaveActed -> visit.settleEarlier(bookingId));
    return outcome.fold(
        booked -> answerCurrent(booked.appointment()),
        already -> answerCurrent(already.appointment()),
        rejected -> Responses.problem(rejected.problem()));
  }

  APIGatewayV2HTTPResponse answerRejected(BookingCommand command, Rejected rejected) {
    if (rejected.type() != ProblemType.SLOT_TAKEN) {
      return Responses.problem(rejected.problem());
    }
    Optional<String> state = Optional.of(command.request().patient().state());
    return Responses.problem(
        rejected.problem(), Map.of("nearest", nearest.nearestTo(command.offered(), state)));
  }

  private APIGatewayV2HTTPResponse answerCurrent(String id) {
    return answer.created(visit.read(id), id);
  }
}
