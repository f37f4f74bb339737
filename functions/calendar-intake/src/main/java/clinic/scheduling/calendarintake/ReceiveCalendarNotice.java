package clinic.scheduling.calendarintake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.wiring.LambdaFunction;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Receives notices of Outlook and Google: verifies each by the secret of its watch, and queues the
 * calendar that it is about. A notice says only that somebody should look. A notice that could not
 * be queued gets 503, so that the provider sends it again.
 */
@Singleton
public class ReceiveCalendarNotice implements LambdaFunction {
  private static final Log LOG = Log.of(ReceiveCalendarNotice.class);

  private final OutlookNotices outlook;
  private final GoogleNotices google;

  @Inject
  ReceiveCalendarNotice(OutlookNotices outlook, GoogleNotices google) {
    this.outlook = outlook;
    this.google = google;
  }

  @Funq
  public APIGatewayV2HTTPResponse receiveCalendarNotice(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG).answer(event, this::receive);
  }

  private APIGatewayV2HTTPResponse receive(Request request) {
    return switch (request.route()) {
      case "POST /webhooks/outlook" ->
          outlook
              .handshake(request)
              .map(token -> Responses.text(200, "text/plain", token))
              .orElseGet(() -> accept(request));
      case "POST /webhooks/google" -> google.receive(request) ? Responses.empty(202) : notFound();
      default -> notFound();
    };
  }

  private APIGatewayV2HTTPResponse accept(Request request) {
    outlook.receive(request);
    return Responses.empty(202);
  }

  private static APIGatewayV2HTTPResponse notFound() {
    return Responses.problem(
        Problem.of(ProblemType.NOT_FOUND, "We have no channel of this name and token."));
  }
}
