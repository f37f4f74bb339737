package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person may book three visits a day. An attempt that cannot have created an appointment does not
 * count. An attempt that may have created one counts.
 */
@QuarkusTest
@TestProfile(ThreeADay.class)
@QuarkusTestResource(OutsideWorld.class)
class PlacesOfTheDayTest extends BookingCase {
  private static final int TRIES = 4;

  private final String family = "Places" + UUID.randomUUID().toString().substring(0, 8);
  private Appointment visit;

  @BeforeEach
  void somebodyKnown() {
    Instant start = desk.freshStart();
    assertThat(book(start).status()).isEqualTo(201);
    visit = standingAt(start).get(0);
    rows.clear(); // a day of three free places
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429})
  void whatCanvasDoesNotTakeCostsNoPlace(int status) {
    for (int i = 0; i < TRIES; i++) {
      sandbox.canvas().faults().add(Fault.status(status, "POST", "/Appointment").untilCleared());
      assertThat(book(desk.freshStart()).status()).isEqualTo(503);
      sandbox.canvas().faults().clear();
    }

    threeMoreAndNoFourth();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429})
  void norDoesItWhereNeitherIsTheSearchAnswered(int status) {
    for (int i = 0; i < TRIES; i++) {
      pace.beforeTheNext(
          "POST",
          () ->
              sandbox
                  .canvas()
                  .faults()
                  .add(Fault.status(status, "", "/Appointment").untilCleared()));
      assertThat(book(desk.freshStart()).status()).isEqualTo(503);
      sandbox.canvas().faults().clear();
    }

    threeMoreAndNoFourth();
  }

  @Test
  void norWhereNoTokenIsToBeHad() {
    for (int i = 0; i < TRIES; i++) {
      pace.beforeTheNext(
          "POST",
          () -> {
            sandbox.canvas().revokeTokens();
            sandbox.canvas().faults().add(Fault.status(500, "POST", "/auth").untilCleared());
          });
      assertThat(book(desk.freshStart()).status()).isEqualTo(503);
      sandbox.canvas().faults().clear();
    }

    threeMoreAndNoFourth();
  }

  @Test
  void norWhereTheTimeHasRunOut() {
    for (int i = 0; i < TRIES; i++) {
      AtomicReference<String> before = new AtomicReference<>("");
      pace.beforeEach(
          call -> {
            // The search for the visits of the patient is the last call before the create.
            if (before.getAndSet(call).equals("GET Patient") && call.equals("GET Appointment")) {
              clock.move(Duration.ofSeconds(15));
            }
          });
      assertThat(book(desk.freshStart()).status()).isEqualTo(503);
      pace.calm();
    }

    threeMoreAndNoFourth();
  }

  @Test
  void norWhereSomebodyElseHasTheTime() {
    for (int i = 0; i < TRIES; i++) {
      Instant start = desk.freshStart();
      pace.beforeTheNext("POST", () -> staffBook(start));
      assertThat(book(start).type()).isEqualTo("slot-taken");
    }

    threeMoreAndNoFourth();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT", "CUT_AFTER_EFFECT"})
  void whatMayStandKeepsItsPlace(Fault.Kind kind) {
    String key = Desk.key();
    Instant start = desk.freshStart();
    String body = desk.body(desk.office(start), family, "CA");
    pace.beforeTheNext(
        "POST",
        () -> {
          sandbox.canvas().faults().add(Fault.once(kind, "POST", "/Appointment"));
          sandbox
              .canvas()
              .faults()
              .add(Fault.status(500, "GET", "/Appointment").query("identifier=").untilCleared());
        });
    assertThat(calls.book(key, body).status()).isEqualTo(503);
    sandbox.canvas().faults().clear();

    assertThat(book(desk.freshStart()).status()).isEqualTo(201);
    assertThat(book(desk.freshStart()).status()).isEqualTo(201);
    assertThat(book(desk.freshStart()).status()).isEqualTo(429);
    clock.move(Duration.ofMinutes(1));
    assertThat(calls.book(key, desk.body(desk.office(start), family, "CA")).status())
        .as("another body")
        .isNotEqualTo(201);
    assertThat(calls.book(key, body).status()).as("the place is its own").isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  private void staffBook(Instant start) {
    ObjectNode body = new ObjectMapper().valueToTree(visit);
    body.remove(List.of("id", "identifier", "meta"));
    body.put("start", start.toString()).put("end", start.plusSeconds(1_800).toString());
    sandbox.canvas().frontDesk().book(body);
  }

  private void threeMoreAndNoFourth() {
    for (int i = 0; i < 3; i++) {
      assertThat(book(desk.freshStart()).status()).as("visit " + i).isEqualTo(201);
    }
    assertThat(book(desk.freshStart()).status()).isEqualTo(429);
  }

  private Answer book(Instant start) {
    return book(start, family);
  }

  private Answer book(Instant start, String name) {
    return calls.book(Desk.key(), desk.body(desk.office(start), name, "CA"));
  }
}
