package clinic.scheduling.intake;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.queue.ChangeNotice;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes a notification from Canvas: size, sender over the raw bytes, ids out of it, queue, answer.
 * 202 means that it is in the queue, now or since an earlier time; a notice that could not be
 * queued is answered 503 so that its sender tries again.
 */
@Startup
@Singleton
public class ReceiveCanvasNotice {
  private static final Log LOG = Log.of(ReceiveCanvasNotice.class);
  private static final int MAX_BODY = 65_536;

  private final SenderAuthentication sender;
  private final NoticeDeduplicator firstSight;
  private final Clock clock;

  @Inject
  ReceiveCanvasNotice(SenderAuthentication sender, NoticeDeduplicator firstSight, Clock clock) {
    this.sender = sender;
    this.firstSight = firstSight;
    this.clock = clock;
  }

  @Funq
  public APIGatewayV2HTTPResponse receiveCanvasNotice(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG).answer(event, this::receive);
  }

  private APIGatewayV2HTTPResponse receive(Request request) {
    Optional<String> name = sender.nameOf(request, request.body(MAX_BODY));
    if (name.isEmpty()) {
      return Responses.problem(
          Problem.of(ProblemType.UNAUTHORIZED, "Sign the notice as Standard Webhooks 1.0.0 says."));
    }
    ChangeNotice notice = CanvasNotice.read(request.json(MAX_BODY), name.get(), clock.instant());
    LOG.put("correlation", notice.correlationOrElse(name.get()));
    LOG.info(
        "notice", "appointment", notice.knownAppointment().orElse("none"), "hint", notice.hint());
    firstSight.queueOnce(notice);
    return Responses.empty(202);
  }
}
