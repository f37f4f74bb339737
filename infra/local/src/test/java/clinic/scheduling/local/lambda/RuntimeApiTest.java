package clinic.scheduling.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server follows the contract of the Lambda runtime API, and refuses a runtime that breaks it.
 */
class RuntimeApiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private static final long SLOW_NANOS = 100_000_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Events events = new Events();
  private RuntimeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new RuntimeApi("FindSlots", 20, events, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void nextWaitsForAnEventAndDescribesIt() throws Exception {
    CompletableFuture<HttpResponse<String>> next =
        http.sendAsync(get("invocation/next"), BodyHandlers.ofString());
    Invocation invocation = events.add("{\"a\":1}");

    HttpResponse<String> response = next.join();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"a\":1}");
    assertThat(header(response, "Lambda-Runtime-Aws-Request-Id")).isEqualTo(invocation.id());
    assertThat(header(response, "Lambda-Runtime-Deadline-Ms"))
        .isEqualTo(String.valueOf(NOW.plusSeconds(20).toEpochMilli()));
    assertThat(header(response, "Lambda-Runtime-Invoked-Function-Arn"))
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:FindSlots");
    assertThat(header(response, "Lambda-Runtime-Trace-Id"))
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(response.headers().firstValue("Lambda-Runtime-Client-Context")).isEmpty();
  }

  @Test
  void aResponseEndsTheInvocationOnce() throws Exception {
    Invocation invocation = begin();

    HttpResponse<String> first = post("invocation/" + invocation.id() + "/response", "{}");
    HttpResponse<String> again = post("invocation/" + invocation.id() + "/response", "{}");

    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.body()).isEqualTo("{\"status\":\"OK\"}");
    assertThat(invocation.outcome())
        .isCompletedWithValue(new Outcome.Answered("{}".getBytes(StandardCharsets.UTF_8)));
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("InvalidRequestID");
  }

  @Test
  void anErrorIsTakenOverWithItsType() throws Exception {
    Invocation invocation = begin();

    HttpResponse<String> response =
        post(
            "invocation/" + invocation.id() + "/error",
            "{\"errorMessage\":\"no\",\"errorType\":\"Refused\",\"stackTrace\":[]}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(invocation.outcome()).isCompletedWithValue(new Outcome.Failed("Refused", "no"));
  }

  /** If a process dies before it gets its reply, its invocation must still end. */
  @Test
  void theInvocationHasEndedBeforeTheProcessIsAnswered() throws Exception {
    Invocation invocation = begin();
    AtomicBoolean ended = new AtomicBoolean();
    var unused =
        invocation
            .outcome()
            .thenRun(
                () -> {
                  LockSupport.parkNanos(SLOW_NANOS);
                  ended.set(true);
                });

    HttpResponse<String> response = post("invocation/" + invocation.id() + "/response", "{}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(ended).isTrue();
  }

  @Test
  void anUnknownIdIsRefusedAndTheInvocationStaysOpen() throws Exception {
    Invocation invocation = begin();

    HttpResponse<String> response = post("invocation/unknown/response", "{}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(invocation.outcome()).isNotDone();
  }

  @Test
  void callsOutOfTurnAreRefused() throws Exception {
    HttpResponse<String> early = post("invocation/any/response", "{}");
    begin();
    HttpResponse<String> second = http.send(get("invocation/next"), BodyHandlers.ofString());
    HttpResponse<String> late = post("init/error", "{}");

    for (HttpResponse<String> refused : List.of(early, second, late)) {
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("InvalidStateTransition");
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsRefused() throws Exception {
    Invocation invocation = begin();

    HttpResponse<String> response =
        post(
            "invocation/" + invocation.id() + "/response",
            "x".repeat(RuntimeApi.LARGEST_RESPONSE + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("RequestEntityTooLarge");
  }

  @Test
  void anInitErrorIsAcceptedAndPassedOn() throws Exception {
    HttpResponse<String> response =
        post("init/error", "{\"errorMessage\":\"bad key\",\"errorType\":\"Config\"}");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(events.initErrors).containsExactly("Config: bad key");
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    assertThat(http.send(get("somewhere"), BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  private Invocation begin() throws Exception {
    Invocation invocation = events.add("{}");
    http.send(get("invocation/next"), BodyHandlers.ofString());
    return invocation;
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  private static final class Events implements RuntimeApi.Source {
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final List<String> initErrors = new CopyOnWriteArrayList<>();

    Invocation add(String event) {
      Invocation invocation = new Invocation(event.getBytes(StandardCharsets.UTF_8));
      waiting.add(invocation);
      return invocation;
    }

    @Override
    public Optional<Invocation> next() throws InterruptedException {
      return Optional.of(waiting.take());
    }

    @Override
    public void initialised() {}

    @Override
    public void delivered(Invocation invocation) {}

    @Override
    public void notDelivered(Invocation invocation) {}

    @Override
    public void initFailed(String errorType, String message) {
      initErrors.add(errorType + ": " + message);
    }
  }
}
