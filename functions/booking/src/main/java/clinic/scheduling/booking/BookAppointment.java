package clinic.scheduling.booking;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Everything a patient may do with a visit. Each call may be repeated with the same {@code
 * Idempotency-Key}: the first answer comes again, and nothing happens twice.
 */
@Startup
@Singleton
public class BookAppointment {
  static final Log LOG = Log.of(BookAppointment.class);

  /**
   * What has to be left for calls of Canvas when a write begins: the write itself, and a search for
   * it if nothing is heard.
   */
  static final Duration SETTLING = Duration.ofSeconds(7);

  /**
   * A call takes seven seconds at most and the time-out of the function is 28 s, so whatever Canvas
   * does there is an answer. If the time runs out it is 503, and a repeat goes on from there.
   */
  private static final Duration CALLS_WITHIN = Duration.ofSeconds(19);

  /** When calls of the table and the queue are given up too, however slow they are. */
  private static final Duration ALL_WITHIN = Duration.ofSeconds(27);

  private final CreateAppointment create;
  private final RescheduleAppointment reschedule;
  private final CancelAppointment cancel;
  private final ReadAppointment read;
  private final FollowLink link;
  private final CallBudget time;

  @Inject
  BookAppointment(
      CreateAppointment create,
      RescheduleAppointment reschedule,
      CancelAppointment cancel,
      ReadAppointment read,
      FollowLink link,
      CallBudget time) {
    this.create = create;
    this.reschedule = reschedule;
    this.cancel = cancel;
    this.read = read;
    this.link = link;
    this.time = time;
  }

  @Funq
  public APIGatewayV2HTTPResponse bookAppointment(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG)
        .answer(event, request -> time.within(CALLS_WITHIN, ALL_WITHIN, () -> route(request)));
  }

  private APIGatewayV2HTTPResponse route(Request request) {
    return switch (request.route()) {
      case "POST /appointments" -> create.answer(request);
      case "GET /appointments/{id}" -> read.answer(request);
      case "GET /appointments/{id}/invite.ics", "HEAD /appointments/{id}/invite.ics" ->
          read.invite(request);
      case "GET /m/{code}", "HEAD /m/{code}" -> link.answer(request);
      case "POST /appointments/{id}/reschedule" -> reschedule.answer(request);
      case "POST /appointments/{id}/cancellation" -> cancel.answer(request);
      default -> Responses.problem(Problem.of(ProblemType.NOT_FOUND, "See the API description."));
    };
  }
}
