package clinic.scheduling.local.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.template.Deployment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
  /** How long API Gateway waits for a function. */
  private static final int LIMIT_SECONDS = 30;

  private final Map<String, FunctionPool> functions;
  private final Routes routes;
  private final Optional<CorsRules> cors;
  private final Optional<JwtAuthorizer> authorizer;
  private final Clock clock;
  private final Consumer<String> log;
  private final ApiPort http;

  private Gateway(
      ApiPort http,
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
   * Starts to answer requests. Closing the gateway closes its port.
   *
   * @param log gets one line for each request: route, status and milliseconds, but no path and no
   *     query, because they contain ids and tokens
   */
  public static Gateway start(
      ApiPort http,
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

  private HttpAnswer serve(Request request) {
    HttpAnswer answer = answer(request);
    return cors.isPresent() ? cors.get().addTo(answer, request) : answer;
  }

  private HttpAnswer answer(Request request) {
    if (request.isBodyTooLarge()) {
      return Problem.TOO_LARGE.answer("A body may have 10 MB.");
    }
    if (request.isHeadTooLarge()) {
      return Problem.headTooLarge();
    }
    Optional<HttpAnswer> preflight = cors.flatMap(rules -> rules.preflight(request));
    if (preflight.isPresent()) {
      return preflight.get();
    }
    if (!isDecodable(request.rawPath())) {
      return Problem.MALFORMED.answer("Send a path that is percent-encoded UTF-8.");
    }
    return routes
        .find(request.method(), request.rawPath())
        .map(match -> authorized(request, match))
        .orElseGet(() -> Problem.NOT_FOUND.answer("The API has no such route."));
  }

  private static boolean isDecodable(String path) {
    try {
      byte[] bytes = URLDecoder.decode(path, ISO_8859_1).getBytes(ISO_8859_1);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return false;
    }
  }

  private HttpAnswer authorized(Request request, Routes.Match match) {
    return authorizer.isEmpty()
        ? call(request, match, Optional.empty())
        : authorizer
            .get()
            .claims(request)
            .map(claims -> call(request, match, Optional.of(claims)))
            .orElseGet(JwtAuthorizer::refused);
  }

  private HttpAnswer call(Request request, Routes.Match match, Optional<ObjectNode> claims) {
    FunctionPool function = functions.get(match.route().function());
    if (function == null) {
      return Problem.FUNCTION_FAILED.answer("The function of this route is not running.");
    }
    long start = clock.millis();
    String requestId = UUID.randomUUID().toString();
    byte[] event = ProxyEvent.of(request, match, claims, requestId, clock.instant());
    HttpAnswer answer = wait(function.invoke(event));
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

  private static HttpAnswer wait(CompletableFuture<Outcome> outcome) {
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

  private static HttpAnswer answer(Outcome outcome) {
    if (outcome instanceof Outcome.Answered answered) {
      return ProxyResponse.read(answered.payload());
    }
    return outcome instanceof Outcome.Throttled
        ? Problem.UNAVAILABLE.answer("No process of the function was free.")
        : Problem.FUNCTION_FAILED.answer("The function failed; see its log.");
  }
}
