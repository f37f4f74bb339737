package clinic.scheduling.booking;

import clinic.scheduling.booking.cancel.CancelAppointment;
import clinic.scheduling.booking.create.CreateAppointment;
import clinic.scheduling.booking.create.VerifyContact;
import clinic.scheduling.booking.form.HoldSlot;
import clinic.scheduling.booking.move.RescheduleAppointment;
import clinic.scheduling.booking.request.CallTimes;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.http.TrustedProxies;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/**
 * The entry point of the function, which books, reads, moves and cancels visits, holds times for
 * forms, and verifies contact points ({@code infra/openapi.yaml}).
 *
 * <p>A caller may repeat a change with the same {@code Idempotency-Key} (IETF draft
 * draft-ietf-httpapi-idempotency-key-header). Once the request has an outcome, each repeat gets the
 * same one, and nothing is done twice (docs/decisions/0005-outcome-names-instead-of-bodies.md).
 */
@Singleton
public class BookAppointment implements LambdaFunction {
  static final Log LOG = Log.of(BookAppointment.class);

  private final CreateAppointment create;
  private final RescheduleAppointment reschedule;
  private final CancelAppointment cancel;
  private final ReadAppointment read;
  private final FollowLink link;
  private final HoldSlot hold;
  private final VerifyContact verify;
  private final CallBudget budget;
  private final TrustedProxies proxies;

  @Inject
  BookAppointment(
      CreateAppointment create,
      RescheduleAppointment reschedule,
      CancelAppointment cancel,
      ReadAppointment read,
      FollowLink link,
      HoldSlot hold,
      VerifyContact verify,
      CallBudget budget,
      TrustedProxies proxies) {
    this.create = create;
    this.reschedule = reschedule;
    this.cancel = cancel;
    this.read = read;
    this.link = link;
    this.hold = hold;
    this.verify = verify;
    this.budget = budget;
    this.proxies = proxies;
  }

  public APIGatewayV2HTTPResponse bookAppointment(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG, proxies)
        .answer(
            event,
            request ->
                budget.within(
                    CallTimes.LAST_CANVAS_CALL, CallTimes.LAST_CALL_END, () -> route(request)));
  }

  private APIGatewayV2HTTPResponse route(Request request) {
    return switch (request.route()) {
      case "POST /appointments" -> create.answer(request);
      case "GET /appointments/{id}" -> read.answer(request);
      case "GET /appointments/{id}/invite.ics", "HEAD /appointments/{id}/invite.ics" ->
          read.invite(request);
      case "GET /m/{code}", "HEAD /m/{code}" -> link.answer(request);
      case "POST /holds" -> hold.hold(request);
      case "POST /holds/{hold}/extension" -> hold.extend(request);
      case "DELETE /holds/{hold}" -> hold.release(request);
      case "POST /verifications/{id}" -> verify.prove(request);
      case "POST /verifications/{id}/codes" -> verify.sendAnotherCode(request);
      case "DELETE /verifications/{id}" -> verify.cancel(request);
      case "POST /appointments/{id}/reschedule" -> reschedule.answer(request);
      case "POST /appointments/{id}/cancellation" -> cancel.answer(request);
      default -> Responses.problem(Problem.of(ProblemType.NOT_FOUND, "See the API description."));
    };
  }

  /** What Lambda calls. */
  @Singleton
  public static final class Handler {
    private final SetUp setUp;
    private final Provider<BookAppointment> function;

    @Inject
    Handler(SetUp setUp, Provider<BookAppointment> function) {
      this.setUp = setUp;
      this.function = function;
    }

    @Funq
    public APIGatewayV2HTTPResponse bookAppointment(APIGatewayV2HTTPEvent event) {
      if (!setUp.isDone()) {
        return new HttpGuard(LOG).notSetUp(event);
      }
      return function.get().bookAppointment(event);
    }
  }
}
