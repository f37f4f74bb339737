package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a practice has the same birth date in thousands of charts, these people can still book,
 * each into their own chart. The calls that we make to Canvas do not depend on whom Canvas knows.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class PlaceholderBirthDateTest extends BookingCase {
  private static final String BORN = "1900-01-01";
  private static final int CHARTS = 5_001;

  @BeforeEach
  void straightToCanvas() {
    straight.open(sandbox);
    calls.book(Desk.key(), desk.body(desk.freshSlot())); // fetches the Canvas token
  }

  @ParameterizedTest
  @CsvSource({
    "OBrien, 5555550145, other@example.invalid",
    "O'Brien, 2075550123, canary.o'brien@example.invalid",
    "OBRIEN, 2075550123, Canary.O'Brien@Example.invalid"
  })
  void whoHasAChartIsBookedIntoIt(String family, String phone, String email) {
    crowd(CHARTS, "Crowd");
    chart(family, phone, email);
    int known = sandbox.canvas().patientCount();

    Answer answer = calls.book(Desk.key(), body("O'Brien"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @Test
  void whoHasNoneIsBookedIntoANewOneAfterAsManyCalls() {
    crowd(CHARTS, "Crowd");
    chart("Known", "5555550145", "canary.known@example.invalid");
    int charts = sandbox.canvas().patientCount();

    List<String> known = callsOf(body("Known"));
    assertThat(sandbox.canvas().patientCount()).isEqualTo(charts);
    List<String> unknown = callsOf(body("Unknown"));

    assertThat(sandbox.canvas().patientCount()).isEqualTo(charts + 1);
    assertThat(known).hasSameSizeAs(unknown);
    assertThat(known.stream().filter("GET Patient"::equals).count()).isLessThan(9);
  }

  @Test
  void whoseNameTooManyOfThemHaveIsForTheClinic() {
    crowd(CHARTS, "Same");
    String key = Desk.key();
    String body = body("Same");

    Answer answer = calls.book(key, body);

    assertThat(answer.type()).isEqualTo("call-the-clinic");
    assertThat(calls.book(key, body).type()).isEqualTo("call-the-clinic");
  }

  private List<String> callsOf(String body) {
    List<String> made = new ArrayList<>();
    pace.beforeEach(made::add);
    Answer answer = calls.book(Desk.key(), body);
    pace.calm();
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return made;
  }

  private String body(String family) {
    return desk.body(desk.freshSlot(), family, "CA").replace("1985-07-09", BORN);
  }

  private void crowd(int number, String family) {
    for (int i = 0; i < number; i++) {
      made("Canary", family, List.of());
    }
  }

  private void chart(String family, String phone, String email) {
    made("Canary", family, List.of(telecom("phone", phone), telecom("email", email)));
  }

  private static Telecom telecom(String system, String value) {
    return Telecom.of(system, "home", Phi.of(value), false);
  }

  private void made(String given, String family, List<Telecom> contacts) {
    Identifier theirs = Identifier.usual("urn:example:chart", UUID.randomUUID().toString());
    assertThat(canvas.create(Charts.of(given, family, BORN, contacts, theirs)))
        .isInstanceOf(WriteOutcome.Written.class);
  }
}
