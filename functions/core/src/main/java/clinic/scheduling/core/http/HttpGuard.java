package clinic.scheduling.core.http;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.setup.NotSetUpException;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Wraps an HTTP function. If the function fails, or the system is not set up yet, the caller gets a
 * problem that says what to do (RFC 9457). The log gets class names and ids, and never the message
 * of an exception, because that may quote a patient.
 */
public final class HttpGuard {
  private static final Duration AWS_RETRY_AFTER = Duration.ofSeconds(3);
  private static final Duration UNTIL_SET_UP = Duration.ofMinutes(1);

  private final Log log;
  private final TrustedProxies proxies;

  public HttpGuard(Log log) {
    this(log, TrustedProxies.NONE);
  }

  /** For functions that limit calls by the caller's address. */
  public HttpGuard(Log log, TrustedProxies proxies) {
    this.log = log;
    this.proxies = proxies;
  }

  public APIGatewayV2HTTPResponse answer(
      APIGatewayV2HTTPEvent event, Function<Request, APIGatewayV2HTTPResponse> handler) {
    Request request = new Request(event, proxies);
    log.begin("request", request.id());
    APIGatewayV2HTTPResponse answer = guarded(request, handler);
    if (request.isHead()) {
      answer.setBody("");
    }
    log.info("answered", "route", request.route(), "status", answer.getStatusCode());
    log.end();
    return answer;
  }

  /** The answer to every call of a system that is not set up yet. */
  public APIGatewayV2HTTPResponse notSetUp(APIGatewayV2HTTPEvent event) {
    return answer(
        event,
        request -> {
          throw new NotSetUpException();
        });
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
      if (NotSetUpException.isCauseOf(e)) {
        return waitForSetUp();
      }
      log.failure("failed", e);
      return Responses.problem(
          Problem.of(ProblemType.INTERNAL, "Send the same request again; if it stays, tell us."));
    }
  }

  private static APIGatewayV2HTTPResponse waitForSetUp() {
    return Responses.problem(
        Problem.of(
                ProblemType.NOT_SET_UP,
                "The clinic has to put its practice document in place. A minute after that, the"
                    + " same request is answered.")
            .retryAfter(UNTIL_SET_UP));
  }

  /** The caller learns whether Canvas or our own service does not answer. */
  private static ProblemType unavailable(String system) {
    return system.startsWith("canvas") ? ProblemType.CANVAS_UNAVAILABLE : ProblemType.UNAVAILABLE;
  }
}
