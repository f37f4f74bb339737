package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.openapi.OpenApiContract;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Shared by the tests of the whole function. Each test begins on Monday, 28 December 2026, at 4:00
 * in the time zone of the harbor, without holds. Every answer is checked against
 * infra/openapi.yaml.
 */
@QuarkusTestResource(OutsideWorld.class)
abstract class FindSlotsCase {
  static final String INGRID = "ingrid-testwell";
  static final String OMAR = "omar-samplesson";
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(OutsideWorld.INGRID, OutsideWorld.OMAR),
              Stream.of("lena", "fia", "wes", "mia", "una", "gil").map(ExtraPractice::key))
          .toList();
  private static final AtomicInteger FORGOTTEN = new AtomicInteger();
  private static final OpenApiContract CONTRACT = OpenApiContract.published();

  @Inject FindSlots function;
  @Inject MovableClock clock;
  @Inject MortalRows rows;
  @Inject Holds holds;
  @Inject SignedTokens tokens;
  Sandbox sandbox;
  @OfCanvas MovableClock canvasClock;
  LogLines log;

  @BeforeEach
  void quiet() {
    at("2026-12-28T12:00:00Z");
    rows.clear();
    sandbox.canvas().faults().clear();
    sandbox.canvas().toggles().reset();
    sandbox.canvas().become(OutsideWorld.world());
    forgetTimes();
    log = new LogLines();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  final void at(String instant) {
    clock.set(Instant.parse(instant));
    canvasClock.set(Instant.parse(instant));
  }

  /** Invalidates the cached answers of Canvas, as a notice does. */
  final void forgetTimes() {
    for (String who : KEYS) {
      RowKey key = new RowKey("hold#" + who, "changed");
      Row row = rows.read(key).orElseGet(() -> Row.fresh(key, clock.instant(), Map.of()));
      // The expiry is another one each time, so the row is never the same as an earlier one, even
      // after rows.clear().
      rows.write(
          row.next(clock.instant().plusSeconds(3_600 + FORGOTTEN.incrementAndGet()), Map.of()));
    }
  }

  /** How many calls Canvas got for a kind of resource since the test began. */
  final long callsFor(String resource) {
    return log.text()
        .lines()
        .filter(line -> line.contains("canvas resource=" + resource + " "))
        .count();
  }

  final Answer get(String path, String query) {
    return get(path, query, Map.of());
  }

  final Answer get(String path, String query, Map<String, String> headers) {
    Events event = Events.of("GET", path).query(query);
    headers.forEach(event::header);
    APIGatewayV2HTTPResponse raw = function.findSlots(event.build());
    CONTRACT.check(
        "GET",
        query.isEmpty() ? path : path + "?" + query,
        raw.getStatusCode(),
        raw.getHeaders(),
        "",
        raw.getBody());
    return Answer.of(raw);
  }

  /** A query that must succeed. */
  final Answer slots(String query) {
    Answer answer = get("/slots", query);
    assertThat(answer.status()).as(answer.raw().getBody()).isEqualTo(200);
    return answer;
  }

  /** A query that must be refused. */
  final Answer refused(String query) {
    Answer answer = get("/slots", query);
    assertThat(answer.status()).as(answer.raw().getBody()).isEqualTo(400);
    return answer;
  }
}
