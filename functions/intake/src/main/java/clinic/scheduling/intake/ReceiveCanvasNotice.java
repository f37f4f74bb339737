package clinic.scheduling.intake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.setup.NotSetUpException;
import clinic.scheduling.core.setup.PracticeDocument;
import clinic.scheduling.core.wiring.LambdaFunction;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Receives a notice from Canvas: authenticates the sender by the raw body, parses the ids, drops a
 * repeat, and queues the notice. The answer 202 means that the notice is in the queue, or was
 * queued before. If the notice could not be queued, or the system is not set up yet, the answer is
 * 503, so that its sender tries again.
 */
@Singleton
public class ReceiveCanvasNotice implements LambdaFunction {
  private static final Log LOG = Log.of(ReceiveCanvasNotice.class);
  private static final int MAX_BODY = 65_536;

  private final SenderAuthentication sender;
  private final PracticeDocument practice;
  private final NoticeDeduplicator deduplicator;
  private final Clock clock;

  @Inject
  ReceiveCanvasNotice(
      SenderAuthentication sender,
      PracticeDocument practice,
      NoticeDeduplicator deduplicator,
      Clock clock) {
    this.sender = sender;
    this.practice = practice;
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
    if (isNotSetUp()) {
      LOG.info("not-set-up");
      throw new NotSetUpException();
    }
    deduplicator.queueOnce(notice);
    return Responses.empty(202);
  }

  /**
   * If the table does not answer, the notice is queued all the same, because a message too many
   * does less harm than a lost notice.
   */
  private boolean isNotSetUp() {
    try {
      return practice.isAwaited();
    } catch (SdkException e) {
      LOG.failure("set-up-unknown", e);
      return false;
    }
  }
}
