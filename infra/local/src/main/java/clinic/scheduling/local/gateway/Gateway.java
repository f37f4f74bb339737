package clinic.scheduling.local.gateway;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.Loopback;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.template.Deployment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An API Gateway HTTP API on the loopback address, with the routes of the template. */
public final class Gateway implements AutoCloseable {
  /** The largest body, and the largest request line with headers. */
  static final int LARGEST_BODY = 10 * 1024 * 1024;

  static final int LARGEST_HEAD = 10_240;

  /** How long API Gateway waits for a function. */
  static final int LIMIT_SECONDS = 30;

  private final Map<String, FunctionPool> functions;
  private final Routes routes;
  private final Optional<CorsRules> cors;
  private final Optional<JwtAuthorizer> authorizer;
  private final Clock clock;
  private final Consumer<String> log;
  private final Loopback http;

  private Gateway(
      Loopback http,
      Deployment.Api api,
      Map<String, FunctionPool> functions,
      Clock clock,
      Consumer<String> log) {
    this.http = http;
    this.functions = functions;
    this.routes = new Routes(api.routes());
    this.cors = api.cors().map(CorsRules::new);
    this.authorizer = api.authorizer().map(jwt -> new JwtAuthorizer(jwt, clock));
    this.clock = clock;
    this.log = log;
  }

  /**
   * Begins to answer. Closing it closes what it listens at.
   *
   * @param log told one line a request: route, status, milliseconds; no path and no query, for they
   *     carry ids and tokens
   */
  public static Gateway start(
      Loopback http,
      Deployment.Api api,
      Map<String, FunctionPool> functions,
      Clock clock,
      Consumer<String> log) {
    Gateway gateway = new Gateway(http, api, functions, clock, log);
    http.serve(gateway::serve);
    return gateway;
  }

  public URI url() {
    return URI.create("http://localhost:" + http.port());
  }

  @Override
  public void close() {
    http.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange, LARGEST_BODY);
      Answer answer = answer(request);
      answer = cors.isPresent() ? cors.get().addTo(answer, request) : answer;
      answer.headers().forEach(h -> exchange.getResponseHeaders().add(h.name(), h.value()));
      boolean bodyless = answer.body().length == 0 || request.method().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), bodyless ? -1 : answer.body().length);
      if (!bodyless) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private Answer answer(Request request) {
    if (request.body().length > LARGEST_BODY) {
      return Problem.TOO_LARGE.answer("A body may have 10 MB.");
    }
    if (request.headSize() > LARGEST_HEAD) {
      return Problem.HEADERS_TOO_LARGE.answer("Request line and headers may have 10240 bytes.");
    }
    Optional<Answer> preflight = cors.flatMap(rules -> rules.preflight(request));
    if (preflight.isPresent()) {
      return preflight.get();
    }
    return routes
        .find(request.method(), request.rawPath())
        .map(match -> authorized(request, match))
        .orElseGet(() -> Problem.NOT_FOUND.answer("The API has no such route."));
  }

  private Answer authorized(Request request, Routes.Match match) {
    return authorizer.isEmpty()
        ? call(request, match, Optional.empty())
        : authorizer
            .get()
            .claims(request)
            .map(claims -> call(request, match, Optional.of(claims)))
            .orElseGet(JwtAuthorizer::refused);
  }

  private Answer call(Request request, Routes.Match match, Optional<ObjectNode> claims) {
    FunctionPool function = functions.get(match.route().function());
    if (function == null) {
      return Problem.FUNCTION_FAILED.answer("The function of this route is not running.");
    }
    long start = clock.millis();
    String requestId = UUID.randomUUID().toString();
    byte[] event = Event.of(request, match, claims, requestId, clock.instant());
    Answer answer = wait(function.invoke(event));
    log.accept(
        "%s %s -> %d in %d ms (%s)"
            .formatted(
                clock.instant(),
                match.route().key(),
                answer.status(),
                clock.millis() - start,
                requestId));
    return answer.with("apigw-requestid", requestId);
  }

  private static Answer wait(CompletableFuture<Outcome> outcome) {
    try {
      return answer(outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return Problem.UNAVAILABLE.answer("The function did not answer within 30 s.");
    } catch (ExecutionException e) {
      return Problem.FUNCTION_FAILED.answer("The function could not be called.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Problem.UNAVAILABLE.answer("The gateway is stopping.");
    }
  }

  private static Answer answer(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return Reply.read(answered.payload());
    }
    return outcome instanceof Outcome.Throttled
        ? Problem.UNAVAILABLE.answer("No process of the function was free.")
        : Problem.FUNCTION_FAILED.answer("The function failed; see its log.");
  }
}
