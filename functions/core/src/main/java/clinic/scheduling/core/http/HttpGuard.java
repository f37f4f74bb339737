package clinic.scheduling.core.http;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Wraps an HTTP function. If the function fails, the caller gets a problem that says what to do
 * (RFC 9457). The log gets class names and ids, and never the message of an exception, because that
 * may quote a patient.
 */
public final class HttpGuard {
  private static final Duration AWS_RETRY_AFTER = Duration.ofSeconds(3);

  private final Log log;

  public HttpGuard(Log log) {
    this.log = log;
  }

  public APIGatewayV2HTTPResponse answer(
      APIGatewayV2HTTPEvent event, Function<Request, APIGatewayV2HTTPResponse> handler) {
    Request request = new Request(event);
    log.begin("request", request.id());
    APIGatewayV2HTTPResponse answer = guarded(request, handler);
    if (request.isHead()) {
      answer.setBody("");
    }
    log.info("answered", "route", request.route(), "status", answer.getStatusCode());
    log.end();
    return answer;
  }

  private APIGatewayV2HTTPResponse guarded(
      Request request, Function<Request, APIGatewayV2HTTPResponse> handler) {
    try {
      return handler.apply(request);
    } catch (ProblemException e) {
      return Responses.problem(e.problem());
    } catch (UnavailableException e) {
      log.failure("unavailable", e);
      return Responses.problem(
          Problem.of(unavailable(e.system()), "Send the same request again after a moment.")
              .retryAfter(e.retryAfter()));
    } catch (SdkException e) {
      log.failure("unavailable", e);
      return Responses.problem(
          Problem.of(ProblemType.UNAVAILABLE, "Send the same request again after a moment.")
              .retryAfter(AWS_RETRY_AFTER));
    } catch (RuntimeException e) {
      log.failure("failed", e);
      return Responses.problem(
          Problem.of(ProblemType.INTERNAL, "Send the same request again; if it stays, tell us."));
    }
  }

  /** The caller learns whether Canvas or our own service does not answer. */
  private static ProblemType unavailable(String system) {
    return system.startsWith("canvas") ? ProblemType.CANVAS_UNAVAILABLE : ProblemType.UNAVAILABLE;
  }
}
