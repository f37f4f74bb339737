package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.http.Responses;
import clinic.scheduling.core.practice.Practice;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Answers which times can be booked with whom. Only what is proven is offered: a clinician whose
 * licence, schedule or times cannot be read is named in {@code unavailable} instead.
 */
@Startup
@Singleton
public class FindSlots {
  private static final Log LOG = Log.of(FindSlots.class);

  private static final Duration CATALOG_WITHIN = Duration.ofSeconds(10);

  private final Practice practice;
  private final Directory directory;
  private final LookupLimit limit;
  private final SlotSearch search;
  private final SlotsAnswer answer;
  private final Health health;
  private final Clock clock;

  @Inject
  FindSlots(
      Practice practice,
      Directory directory,
      LookupLimit limit,
      SlotSearch search,
      SlotsAnswer answer,
      Health health,
      Clock clock) {
    this.practice = practice;
    this.directory = directory;
    this.limit = limit;
    this.search = search;
    this.answer = answer;
    this.health = health;
    this.clock = clock;
  }

  @Funq
  public APIGatewayV2HTTPResponse findSlots(APIGatewayV2HTTPEvent event) {
    return new HttpGuard(LOG).answer(event, this::route);
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
    return health.now();
  }

  private ObjectNode catalog(Request request) {
    request.allowQuery(Set.of());
    return Catalog.of(
        practice, directory.now(clock.instant().plus(CATALOG_WITHIN)).bookables(), clock.instant());
  }

  private APIGatewayV2HTTPResponse slots(Request request) {
    SlotQuery query = SlotQueryReader.read(request.query(), practice);
    limit.spend(request);
    SearchResult found = search.find(query);
    LOG.info("slots", "offers", found.offers().size(), "unavailable", found.unavailable().size());
    // Nobody may show it again without asking whether it still holds.
    return Responses.shared(request, answer.of(query, found), "no-cache");
  }
}
