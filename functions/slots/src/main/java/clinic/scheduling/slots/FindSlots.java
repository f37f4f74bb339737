package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.http.TrustedProxies;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.limit.RateLimit;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.setup.NotSetUpException;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Answers which times can be booked with whom: {@code GET /slots}, {@code /catalog} and {@code
 * /health} of infra/openapi.yaml. Only verified times are offered. If the licence, the schedule or
 * the times of a clinician cannot be read, no time of theirs is offered, and the field {@code
 * unavailable} names them.
 */
@Singleton
public class FindSlots implements LambdaFunction {
  private static final Log LOG = Log.of(FindSlots.class);

  private static final Duration CATALOG_TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Practice practice;
  private final Directory directory;
  private final SlotSearch search;
  private final SlotsAnswer answer;
  private final Health health;
  private final RateLimit rateLimit;
  private final TrustedProxies proxies;
  private final Clock clock;

  @Inject
  FindSlots(
      Practice practice,
      Directory directory,
      SlotSearch search,
      SlotsAnswer answer,
      Health health,
      Rows rows,
      SignedTokens tokens,
      TrustedProxies proxies,
      Clock clock) {
    this.practice = practice;
    this.directory = directory;
    this.search = search;
    this.answer = answer;
    this.health = health;
    this.rateLimit = new RateLimit(rows, clock, tokens);
    this.proxies = proxies;
    this.clock = clock;
  }

  public APIGatewayV2HTTPResponse findSlots(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG, proxies).answer(event, this::route);
  }

  private APIGatewayV2HTTPResponse route(Request request) {
    return switch (request.route()) {
      case "GET /slots" -> slots(request);
      case "GET /catalog" -> Responses.shared(request, catalog(request), "public, max-age=60");
      case "GET /health" -> Responses.json(200, health(request));
      default -> Responses.problem(Problem.of(ProblemType.NOT_FOUND, "See the API description."));
    };
  }

  private ObjectNode health(Request request) {
    request.allowQuery(Set.of());
    return health.toJson(true);
  }

  private ObjectNode catalog(Request request) {
    request.allowQuery(Set.of());
    return Catalog.of(
        practice,
        directory.get(clock.instant().plus(CATALOG_TIME_LIMIT)).bookables(),
        clock.instant());
  }

  private APIGatewayV2HTTPResponse slots(Request request) {
    SlotQuery query = SlotQueryReader.read(request.query(), practice);
    // Each lookup may cost several calls to Canvas for every clinician. If the table cannot count
    // the call, it cannot return the holds either, so we refuse the lookup.
    rateLimit.spend("lookup", request.address(), MINUTE, practice.limits().lookupsPerMinute());
    SlotSearch.Result found = search.find(query);
    LOG.info("slots", "offers", found.offers().size(), "unavailable", found.unavailable().size());
    // A cache has to ask us again before it shows the same answer (RFC 9111 section 5.2.2.4).
    return Responses.shared(request, answer.of(query, found), "no-cache");
  }

  /** What Lambda calls. Before the system is set up, only the health is answered. */
  @Singleton
  public static final class Handler {
    private final SetUp setUp;
    private final Health health;
    private final Provider<FindSlots> function;

    @Inject
    Handler(SetUp setUp, Health health, Provider<FindSlots> function) {
      this.setUp = setUp;
      this.health = health;
      this.function = function;
    }

    @Funq
    public APIGatewayV2HTTPResponse findSlots(APIGatewayV2HTTPEvent event) {
      return setUp.isDone()
          ? function.get().findSlots(event)
          : new HttpGuard(LOG).answer(event, this::answerHealth);
    }

    private APIGatewayV2HTTPResponse answerHealth(Request request) {
      if (!request.route().equals("GET /health")) {
        throw new NotSetUpException();
      }
      request.allowQuery(Set.of());
      return Responses.json(200, health.toJson(false));
    }
  }
}
