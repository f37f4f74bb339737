package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.TrustedProxies;
import clinic.scheduling.core.ledger.CountRefusedException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * A network address may make a limited number of lookups a minute. Further ones are refused without
 * any call to Canvas.
 */
@QuarkusTest
class LookupLimitTest extends FindSlotsCase {
  private static final String QUERY = "visit=office&from=2026-12-28&to=2026-12-28";

  @Inject Directory directory;
  @Inject SlotSearch search;
  @Inject SlotsAnswer answer;
  @Inject Health health;

  @Test
  void oneAddressMayAskSoOftenAMinuteAndAnotherIsNotRefusedForIt() {
    FindSlots strict = limitedTo(3, rows);
    for (int i = 0; i < 3; i++) {
      assertThat(asked(strict, QUERY, "192.0.2.1").getStatusCode()).isEqualTo(200);
    }
    clock.move(Duration.ofSeconds(40));

    APIGatewayV2HTTPResponse refused = asked(strict, QUERY, "192.0.2.1");

    assertThat(refused.getStatusCode()).isEqualTo(429);
    assertThat(refused.getHeaders()).containsEntry("Retry-After", "21");
    assertThat(refused.getBody()).contains("too-many-requests");
    assertThat(asked(strict, QUERY, "192.0.2.2").getStatusCode()).isEqualTo(200);
    clock.move(Duration.ofSeconds(20));
    assertThat(asked(strict, QUERY, "192.0.2.1").getStatusCode()).isEqualTo(200);
  }

  @Test
  void behindOurProxyTheCallersAreCountedAndNotTheProxy() {
    FindSlots strict = limitedTo(1, rows);

    assertThat(behindProxy(strict, "192.0.2.1")).isEqualTo(200);
    assertThat(behindProxy(strict, "192.0.2.2")).isEqualTo(200);
    assertThat(behindProxy(strict, "forged, 192.0.2.2")).isEqualTo(429);
  }

  private static int behindProxy(FindSlots function, String forwardedFor) {
    return function
        .findSlots(
            Events.of("GET", "/slots")
                .query(QUERY)
                .from("130.176.1.1")
                .header("x-forwarded-for", forwardedFor)
                .build())
        .getStatusCode();
  }

  @Test
  void whatIsRefusedCostsCanvasNothing() {
    FindSlots strict = limitedTo(1, rows);
    asked(strict, QUERY, "192.0.2.1");
    forgetTimes();
    long before = callsFor("Slot");

    for (int i = 0; i < 5; i++) {
      assertThat(asked(strict, QUERY, "192.0.2.1").getStatusCode()).isEqualTo(429);
    }

    assertThat(callsFor("Slot")).isEqualTo(before);
  }

  @Test
  void aQuestionThatIsNoneIsNotCounted() {
    FindSlots strict = limitedTo(1, rows);
    assertThat(asked(strict, "visit=nothing", "192.0.2.1").getStatusCode()).isEqualTo(400);

    assertThat(asked(strict, QUERY, "192.0.2.1").getStatusCode()).isEqualTo(200);
  }

  @Test
  void theCatalogAndHealthAreNotCounted() {
    FindSlots strict = limitedTo(1, rows);
    asked(strict, QUERY, "192.0.2.1");

    assertThat(asked(strict, "/catalog", "", "192.0.2.1").getStatusCode()).isEqualTo(200);
    assertThat(asked(strict, "/health", "", "192.0.2.1").getStatusCode()).isEqualTo(200);
  }

  @Test
  void ofManyLookupsAtOnceAsManyAreAnsweredAsTheLimitSays() throws Exception {
    FindSlots strict = limitedTo(5, rows);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<Integer>> answers =
          threads.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<Integer>>mapToObj(
                      i -> () -> asked(strict, QUERY, "192.0.2.1").getStatusCode())
                  .toList());
      int found = 0;
      for (Future<Integer> one : answers) {
        assertThat(one.get()).isIn(200, 429);
        found += one.get() == 200 ? 1 : 0;
      }
      assertThat(found).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aLookupThatCannotBeCountedIsRefusedForAMoment(RuntimeException failure) {
    FindSlots uncounted = limitedTo(9, new NoCount(rows, failure));
    forgetTimes();
    long before = callsFor("Slot");

    APIGatewayV2HTTPResponse refused = asked(uncounted, QUERY, "192.0.2.1");

    assertThat(refused.getStatusCode()).isEqualTo(429);
    assertThat(refused.getHeaders()).containsEntry("Retry-After", "5");
    assertThat(refused.getBody()).contains("too-many-requests");
    assertThat(callsFor("Slot")).isEqualTo(before);
  }

  static List<RuntimeException> failures() {
    return List.of(
        ApiCallTimeoutException.create(5_000),
        SdkClientException.create("no route to host"),
        DynamoDbException.builder().statusCode(500).message("InternalServerError").build(),
        new CountRefusedException(),
        new UnavailableException("table", Duration.ofSeconds(1)));
  }

  @Test
  void theTableDoesNotHoldTheAddress() {
    asked(limitedTo(9, rows), QUERY, "192.0.2.77");

    assertThat(rows.text()).contains("limit#", "lookup#").doesNotContain("192.0.2.77");
  }

  /** A table that can be read and written, but fails to count. */
  private record NoCount(Rows rows, RuntimeException failure) implements Rows {
    @Override
    public Optional<Row> read(RowKey key) {
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      return rows.page(partition, prefix, after, most);
    }

    @Override
    public boolean write(List<Row> wanted) {
      return rows.write(wanted);
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      throw failure;
    }
  }

  private FindSlots limitedTo(int lookups, Rows table) {
    Practice practice = practice(lookups);
    return new FindSlots(
        practice,
        directory,
        search,
        answer,
        health,
        table,
        tokens,
        TrustedProxies.parse("130.176.0.0/16"),
        clock);
  }

  private static Practice practice(int lookups) {
    try {
      ObjectMapper mapper = new ObjectMapper();
      JsonNode document = mapper.readTree(ExtraPractice.document().toFile());
      ((ObjectNode) document).putObject("limits").put("lookupsPerMinute", lookups);
      return PracticeReader.read(document.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static APIGatewayV2HTTPResponse asked(FindSlots function, String query, String address) {
    return asked(function, "/slots", query, address);
  }

  private static APIGatewayV2HTTPResponse asked(
      FindSlots function, String path, String query, String address) {
    APIGatewayV2HTTPEvent event = Events.of("GET", path).query(query).from(address).build();
    APIGatewayV2HTTPResponse answer = function.findSlots(event);
    OpenApiContract.published()
        .check(
            "GET",
            query.isEmpty() ? path : path + "?" + query,
            answer.getStatusCode(),
            answer.getHeaders(),
            "",
            answer.getBody());
    return answer;
  }
}
