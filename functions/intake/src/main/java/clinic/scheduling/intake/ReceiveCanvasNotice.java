package clinic.scheduling.intake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.wiring.LambdaFunction;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Receives a notice from Canvas: authenticates the sender by the raw body, parses the ids, drops a
 * repeat, and queues the notice. The answer 202 means that the notice is in the queue, or was
 * queued before. If the notice could not be queued, the answer is 503, so that its sender tries
 * again.
 */
@Singleton
public class ReceiveCanvasNotice implements LambdaFunction {
  private static final Log LOG = Log.of(ReceiveCanvasNotice.class);
  private static final int MAX_BODY = 65_536;

  private final SenderAuthentication sender;
  private final NoticeDeduplicator deduplicator;
  private final Clock clock;

  @Inject
  ReceiveCanvasNotice(SenderAuthentication sender, NoticeDeduplicator deduplicator, Clock clock) {
    this.sender = sender;
    this.deduplicator = deduplicator;
    this.clock = clock;
  }

  @Funq
  public APIGatewayV2HTTPResponse receiveCanvasNotice(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG).answer(event, this::receive);
  }

  private APIGatewayV2HTTPResponse receive(Request request) {
    // The body is not parsed before its sender is authenticated.
    Optional<String> noticeId = sender.authenticate(request, request.body(MAX_BODY));
    if (noticeId.isEmpty()) {
      LOG.warn("notice-refused", "why", sender.whyRefused(request));
      return Responses.problem(
          Problem.of(ProblemType.UNAUTHORIZED, "Sign the notice as Standard Webhooks 1.0.0 says."));
    }
    ChangeNotice notice =
        ParseCanvasNotice.parse(request.json(MAX_BODY), noticeId.get(), clock.instant());
    LOG.put("correlation", notice.correlationOrElse(noticeId.get()));
    LOG.info(
        "notice", "appointment", notice.knownAppointment().orElse("none"), "hint", notice.hint());
    deduplicator.queueOnce(notice);
    return Responses.empty(202);
  }
}
