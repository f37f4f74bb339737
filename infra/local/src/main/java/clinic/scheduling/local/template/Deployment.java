package clinic.scheduling.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the template deploys, as far as the local run needs it. */
public record Deployment(
    List<FunctionSpec> functions,
    Api api,
    Optional<Api> signedIn,
    List<QueueSpec> queues,
    List<QueueSource> sources,
    List<ScheduleSpec> schedules,
    List<TableSpec> tables) {

  /**
   * One HTTP API.
   *
   * @param authorizer checks the tokens of callers; without one, everybody may call
   */
  public record Api(List<Route> routes, Optional<Cors> cors, Optional<Jwt> authorizer) {}

  /** The {@code JwtConfiguration} of an authorizer. */
  public record Jwt(String issuer, List<String> audience) {}

  /** One route of the HTTP API; {@code method} is {@code ANY} for every method. */
  public record Route(String method, String path, String function) {
    /** API Gateway's name of the route. */
    public String key() {
      return path.equals("$default") ? path : method + " " + path;
    }
  }

  /** The {@code CorsConfiguration} of the HTTP API. */
  public record Cors(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      Optional<Integer> maxAgeSeconds,
      boolean credentials) {}

  /**
   * One queue.
   *
   * @param attributes those of {@code CreateQueue}, including {@code RedrivePolicy}
   * @param deadLetters the name of its dead-letter queue
   */
  public record QueueSpec(
      String name, Map<String, String> attributes, Optional<String> deadLetters) {}

  /** A function that consumes a queue. */
  public record QueueSource(
      String function, String queue, int batchSize, boolean partialBatch, int concurrency) {}

  /**
   * A function that runs on a schedule; {@code expression} is {@code rate(…)} or {@code cron(…)}.
   */
  public record ScheduleSpec(String name, String function, String expression, String input) {}

  /** A table with its key attributes, hash key first. */
  public record TableSpec(String name, List<Key> keys, Optional<String> expiryAttribute) {
    /** One key attribute; {@code type} is S, N or B, {@code role} HASH or RANGE. */
    public record Key(String name, String type, String role) {}
  }

  /** The function of that name. */
  public FunctionSpec function(String name) {
    return functions.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  /** The same without consumers of queues, and without functions that only consume queues. */
  public Deployment withQueuesUnread() {
    Stream<Route> routes =
        Stream.concat(Stream.of(api), signedIn.stream()).flatMap(one -> one.routes().stream());
    Set<String> called =
        Stream.concat(routes.map(Route::function), schedules.stream().map(ScheduleSpec::function))
            .collect(Collectors.toSet());
    List<FunctionSpec> left = functions.stream().filter(f -> called.contains(f.name())).toList();
    return new Deployment(left, api, signedIn, queues, List.of(), schedules, tables);
  }
}
