package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The second of two callers is offered the nearest free times. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class SlotTakenTest extends BookingCase {

  @Test
  void theNearestOtherTimesCanBeBooked() {
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));

    Answer second = calls.book(Desk.key(), desk.body(desk.office(start)));

    assertThat(second.type()).isEqualTo("slot-taken");
    List<JsonNode> nearest = second.body().path("nearest").valueStream().toList();
    assertThat(nearest).hasSize(5);
    assertThat(nearest)
        .allSatisfy(
            one ->
                assertThat(Duration.between(start, at(one)).abs())
                    .isBetween(Duration.ofMinutes(30), Duration.ofDays(5)));
    assertThat(nearest.stream().map(SlotTakenTest::at)).isSorted();
    Answer third = calls.book(Desk.key(), desk.body(nearest.get(0).path("slot").asText()));
    assertThat(third.status()).isEqualTo(201);
    calls.cancel(third.id(), third.token(), Desk.key(), "{}"); // another test may get that time
  }

  @Test
  void aMoveToATakenTimeIsToldTheNearestToo() {
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    Answer mine = calls.book(Desk.key(), desk.body(desk.freshSlot()));

    Answer moved = calls.move(mine.id(), mine.token(), Desk.key(), desk.office(start));

    assertThat(moved.type()).isEqualTo("slot-taken");
    assertThat(moved.body().path("nearest").size()).isPositive();
  }

  @Test
  void aRepeatSaysTheSameWhetherOrNotOtherTimesCanBeFound() {
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    Answer first = calls.book(key, body);
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Slot").untilCleared());
    clock.move(Duration.ofSeconds(6)); // the cache expires

    Answer again = calls.book(key, body);

    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.type()).isEqualTo(first.type()).isEqualTo("slot-taken");
    assertThat(first.body().path("nearest")).isNotEmpty();
    assertThat(again.body().path("nearest")).isEmpty();
  }

  private static Instant at(JsonNode one) {
    return OffsetDateTime.parse(one.path("start").asText()).toInstant();
  }
}
