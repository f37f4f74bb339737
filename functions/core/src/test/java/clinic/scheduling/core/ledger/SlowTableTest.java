package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.SqsQueue;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Work with a time limit ends in time, even if the table and the queue answer byte by byte. */
@Timeout(20)
class SlowTableTest {
  private static final List<String> CALLS =
      List.of("read", "readAll", "page", "write", "writeTogether", "count", "send");

  private static final Duration LEFT = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofMillis(2_000);
  private static final StaticCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicBoolean slow = new AtomicBoolean();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock = Clock.systemUTC();
  private final CallBudget time = new CallBudget(clock);
  private HttpServer server;
  private Rows rows;
  private SqsQueue<Map<String, String>> queue;

  @BeforeEach
  void aTableThatTrickles() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    URI url = URI.create("http://localhost:" + server.getAddress().getPort());
    rows =
        new DynamoRows(
            DynamoDbClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(NOBODY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build(),
            "table",
            time,
            clock);
    queue =
        new SqsQueue<>(
            SqsClient.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(NOBODY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build(),
            url + "/queue",
            new ObjectMapper(),
            time);
    warmUp();
    slow.set(true);
    calls.set(0);
  }

  /**
   * Makes one call of each kind first, because loading the classes takes longer than the time limit
   * of the test.
   */
  private void warmUp() {
    for (String call : CALLS) {
      assertThatThrownBy(() -> run(call)).isInstanceOf(SdkException.class);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void everyCallIsGivenUp() {
    for (String call : CALLS) {
      long began = System.nanoTime();

      assertThatThrownBy(() -> within(LEFT, () -> run(call)))
          .as(call)
          .isInstanceOf(SdkException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).as(call).isLessThan(LONGEST);
    }
    assertThat(calls).hasValueGreaterThanOrEqualTo(CALLS.size());
  }

  @Test
  void noCallIsBegunWhenThereIsNoTimeLeft() {
    for (String call : CALLS) {
      assertThatThrownBy(() -> within(Duration.ofMillis(50), () -> run(call)))
          .as(call)
          .isInstanceOf(UnavailableException.class);
    }

    assertThat(calls).hasValue(0);
  }

  private void run(String call) {
    RowKey key = new RowKey("p", "s");
    Row row = Row.fresh(key, Instant.now().plusSeconds(60), Map.of("a", "b"));
    switch (call) {
      case "read" -> rows.read(key);
      case "readAll" -> rows.readAll(List.of(key));
      case "page" -> rows.page("p", "", "", 10);
      case "count" -> rows.count(key, 1, Instant.now());
      case "write" -> rows.write(row);
      case "writeTogether" ->
          rows.write(List.of(row, Row.fresh(new RowKey("p", "t"), Instant.now(), Map.of())));
      default -> queue.send(Map.of("id", "1"));
    }
  }

  private void within(Duration left, Runnable work) {
    time.within(
        left,
        left,
        () -> {
          work.run();
          return true;
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    if (!slow.get()) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, 1_000);
    try (exchange) {
      for (int i = 0; i < 1_000; i++) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
