package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * If Canvas refuses to create a patient's record, the patient is asked to call the clinic, not to
 * try again.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class RefusedPatientTest extends BookingCase {

  @ParameterizedTest
  @ValueSource(ints = {400, 422})
  void thePersonIsForTheClinic(int status) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    sandbox.canvas().faults().add(Fault.status(status, "POST", "/Patient"));

    Answer refused = calls.book(key, body);
    Answer another = calls.book(Desk.key(), body);

    assertThat(refused.type()).isEqualTo("call-the-clinic");
    assertThat(calls.book(key, body).type()).isEqualTo("call-the-clinic");
    assertThat(another.status()).as("the time is free").isEqualTo(201);
  }

  @Test
  void nobodyIsBornTomorrow() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String body = desk.body(desk.freshSlot());

    Answer refused =
        calls.uncheckedBook(
            Desk.key(), body.replace("1985-07-09", today.plusDays(1).toString()), Map.of());

    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.text()).contains("patient.birthDate");
  }
}
