package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.StatusTable;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each status, docs/appointment-statuses.md says whether a visit with this status occupies its
 * time.
 */
@QuarkusTest
class EachStatusTest extends FindSlotsCase {
  private static final String NINE = "2026-12-29T17:00:00Z";

  static List<Arguments> outcomes() {
    return StatusTable.of("slots");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("outcomes")
  void isAsTheTableSays(String status, String slots) {
    ObjectNode body = ((ObjectNode) CanvasExamples.number(14).body()).deepCopy();
    body.remove("identifier");
    body.put("start", NINE).put("end", "2026-12-29T17:30:00Z");
    String visit = sandbox.canvas().frontDesk().book(body);
    Interval time = Interval.of(Instant.parse(NINE), Duration.ofMinutes(30));
    holds.holdCreated(OutsideWorld.INGRID, "bk-1", time, Duration.ofMinutes(16), visit);
    sandbox.canvas().frontDesk().show(visit, status);

    assertThat(slots("visit=office&from=2026-12-29&to=2026-12-29").starts())
        .hasSize(slots.equals("free") ? 3 : 2);
  }
}
