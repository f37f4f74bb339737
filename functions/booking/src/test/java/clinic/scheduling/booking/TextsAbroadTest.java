package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A patient who agrees to text messages alone needs a number to which we send them. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class TextsAbroadTest extends BookingCase {

  @ParameterizedTest
  @CsvSource({
    "+442079460958, true, true, 201",
    "+442079460958, true, false, 201",
    "+442079460958, false, false, 201",
    "+442079460958, false, true, 400",
    "+525512345678, false, true, 400",
    "+15555550145, false, true, 201",
    "+18765550145, false, true, 201"
  })
  void aForeignNumberIsAContactButNotTheOnlyOne(
      String phone, boolean email, boolean sms, int status) {
    String body =
        desk.body(desk.freshSlot())
            .replace("+15555550145", phone)
            .replace("\"email\":true", "\"email\":" + email)
            .replace("\"sms\":true", "\"sms\":" + sms);

    Answer answer = calls.uncheckedBook(Desk.key(), body, Map.of());

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (status == 400) {
      assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("patient.phone");
      assertThat(answer.body().at("/errors/0/message").asText()).contains("+1 ");
      assertThat(answer.text()).doesNotContain(phone);
    }
  }
}
