package clinic.scheduling.local.run;

import clinic.scheduling.local.events.Schedules;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.local.stores.QueuedMessage.State;
import clinic.scheduling.local.stores.StoresPage;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Deployment.QueueSpec;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The pages below {@code /local}: stores, queues, schedules, manage tokens. */
final class LocalPages {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long RUN_LIMIT_SECONDS = 15 * 60;

  private final Deployment deployment;
  private final EmbeddedAws aws;
  private final Schedules schedules;
  private final ManageTokens tokens;
  private final ReviewList troubles;
  private final Map<String, String> values;

  /**
   * @param values of the environment keys of the functions
   */
  LocalPages(
      Deployment deployment,
      EmbeddedAws aws,
      Schedules schedules,
      ManageTokens tokens,
      ReviewList troubles,
      Map<String, String> values) {
    this.deployment = deployment;
    this.aws = aws;
    this.schedules = schedules;
    this.tokens = tokens;
    this.troubles = troubles;
    this.values = values;
  }

  Reply handle(Call call) throws InterruptedException {
    String path = call.path();
    if (path.equals("/queues")) {
      return call.method().equals("GET") ? queues() : wrongMethod("GET");
    }
    if (path.equals("/stores")) {
      return call.method().equals("GET") ? stores() : wrongMethod("GET");
    }
    if (path.equals("/messages")) {
      return call.method().equals("GET") ? messages() : wrongMethod("GET");
    }
    if (path.equals("/manage-token")) {
      return call.method().equals("POST") ? manageToken(call) : wrongMethod("POST");
    }
    if (path.equals("/runs")) {
      return call.method().equals("GET") ? runs() : wrongMethod("GET");
    }
    if (path.startsWith("/run/")) {
      return call.method().equals("POST") ? run(path.substring(5), call) : wrongMethod("POST");
    }
    return problem(
        404, "Only /local/queues, stores, messages, runs, run/{schedule} and manage-token.");
  }

  private Reply stores() {
    String practice = values.getOrDefault("PRACTICE", "");
    String commit = values.getOrDefault("COMMIT", "");
    return Reply.json(200, StoresPage.of(aws, deployment, practice, commit).toString());
  }

  private Reply messages() throws InterruptedException {
    try {
      return Reply.json(200, troubles.list().toString());
    } catch (IOException e) {
      return problem(502, "The table gave no answer: " + e.getMessage());
    }
  }

  private Reply queues() {
    Set<String> deadLetters =
        deployment.queues().stream()
            .flatMap(queue -> queue.deadLetters().stream())
            .collect(Collectors.toSet());
    ObjectNode page = JSON.createObjectNode().put("endpoint", aws.sqs().toString());
    ArrayNode list = page.putArray("queues");
    deployment.queues().stream()
        .filter(queue -> !deadLetters.contains(queue.name()))
        .forEach(queue -> list.add(queue(queue)));
    return Reply.json(200, page.toString());
  }

  private ObjectNode queue(QueueSpec spec) {
    List<QueuedMessage> lying = aws.messages(spec.name());
    List<QueuedMessage> dead = spec.deadLetters().map(aws::messages).orElse(List.of());
    ObjectNode queue = JSON.createObjectNode().put("name", spec.name());
    queue.put("waiting", lying.stream().filter(m -> m.state() == State.WAITING).count());
    queue.put("inFlight", lying.stream().filter(m -> m.state() == State.IN_FLIGHT).count());
    queue.put("dead", dead.size());
    lying.stream()
        .map(QueuedMessage::since)
        .min(Comparator.naturalOrder())
        .ifPresent(oldest -> queue.put("oldest", oldest.toString()));
    ArrayNode messages = queue.putArray("messages");
    lying.forEach(message -> add(messages, message, message.state()));
    dead.forEach(message -> add(messages, message, State.DEAD));
    return queue;
  }

  private static void add(ArrayNode messages, QueuedMessage message, State state) {
    messages
        .addObject()
        .put("state", state.word())
        .put("id", message.id())
        .put("body", message.body());
  }

  /** The results of the last run of each schedule. */
  private Reply runs() {
    ObjectNode page = JSON.createObjectNode();
    schedules
        .last()
        .forEach(
            (name, run) -> {
              ObjectNode one = page.putObject(name).put("at", run.at().toString());
              if (run.outcome() instanceof Outcome.Answered answered) {
                one.set("answer", answer(answered));
              } else {
                one.put("failure", run.outcome().toString());
              }
            });
    return Reply.json(200, page.toString());
  }

  private static JsonNode answer(Outcome.Answered answered) {
    try {
      return JSON.readTree(answered.payload());
    } catch (IOException e) {
      return TextNode.valueOf(new String(answered.payload(), StandardCharsets.UTF_8));
    }
  }

  /** Runs a schedule. The fields of the body replace those of the schedule's own input. */
  private Reply run(String schedule, Call call) throws InterruptedException {
    Optional<String> input = schedules.input(schedule);
    if (input.isEmpty()) {
      return problem(404, "There is no schedule of this name; known are " + schedules.names());
    }
    try {
      String merged = merged(input.get(), call.text());
      Optional<CompletableFuture<Outcome>> outcome = schedules.run(schedule, merged);
      return reply(outcome.orElseThrow().get(RUN_LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (IOException e) {
      return problem(400, "The body is not a JSON object.");
    } catch (ExecutionException | TimeoutException e) {
      return problem(502, "The function gave no answer: " + e.getMessage());
    }
  }

  private static String merged(String input, String body) throws IOException {
    if (body.isBlank()) {
      return input;
    }
    if (JSON.readTree(input) instanceof ObjectNode own
        && JSON.readTree(body) instanceof ObjectNode given) {
      return own.setAll(given).toString();
    }
    throw new IOException("not an object");
  }

  private static Reply reply(Outcome outcome) {
    return outcome instanceof Outcome.Answered answered
        ? Reply.json(200, new String(answered.payload(), StandardCharsets.UTF_8))
        : problem(502, "The function did not finish: " + outcome);
  }

  private Reply manageToken(Call call) {
    try {
      JsonNode request = JSON.readTree(call.body());
      String appointment = request.path("appointment").asText("");
      if (appointment.isEmpty()) {
        return problem(400, "appointment is missing.");
      }
      OffsetDateTime expiresAt = OffsetDateTime.parse(request.path("expiresAt").asText(""));
      String token = tokens.mint(appointment, expiresAt.toInstant());
      return Reply.json(200, JSON.createObjectNode().put("token", token).toString());
    } catch (DateTimeException e) {
      return problem(400, "expiresAt is not an ISO 8601 time with offset.");
    } catch (IOException e) {
      return problem(400, "The body is not JSON.");
    }
  }

  private static Reply wrongMethod(String right) {
    return problem(405, "Only " + right + " here.").with("Allow", right);
  }

  private static Reply problem(int status, String detail) {
    ObjectNode problem =
        JSON.createObjectNode()
            .put("type", "about:blank")
            .put("status", status)
            .put("detail", detail);
    return Reply.text(status, "application/problem+json", problem.toString());
  }
}
