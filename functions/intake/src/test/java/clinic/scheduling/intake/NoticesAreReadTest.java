package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class NoticesAreReadTest extends NoticeCase {
  private static final String MOVED = "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05";

  @Inject ObjectMapper mapper;

  @ParameterizedTest
  @CsvSource({
    "42, " + APPOINTMENT + ", created",
    "43, " + MOVED + ", rescheduled",
    "44, " + APPOINTMENT + ", cancelled",
    "45, " + APPOINTMENT + ", no_show",
    "46, " + APPOINTMENT + ", reverted",
    "47, " + APPOINTMENT + ", checked_in",
    "49, " + MOVED + ", appointment_rescheduled"
  })
  void everyFormThatCanvasSendsNamesItsAppointment(int example, String appointment, String hint) {
    String body = CanvasExamples.number(example).bodyText();

    assertThat(accepted(signed("msg_" + example, body)))
        .containsExactly(
            new ChangeNotice(1, appointment, hint, "msg_" + example, NOON, null, null, null));
  }

  @Test
  void withoutAnAppointmentThePatientIsNamedInstead() {
    assertThat(accepted(signed(CanvasExamples.number(48).bodyText())))
        .containsExactly(
            ChangeNotice.ofPatient(
                "9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5", "cancelled", "msg_1", clock.instant()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"updated\":true', updated",
    "'\"created\":false', changed",
    "'\"start_time\":null', changed",
    "'\"start_time\":\"2027-03-16T16:00:00.123456+00:00\",\"rescheduled\":true', rescheduled"
  })
  void whatLaterSendersOfTheSeedsProtocolSayIsReadToo(String fields, String hint) {
    String body =
        "{\"canvas_patient_key\":\"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5\","
            + "\"appointment_external_id\":\""
            + APPOINTMENT
            + "\",\"external_patient_id\":\"\","
            + fields
            + "}";

    assertThat(accepted(signed(body)))
        .containsExactly(new ChangeNotice(1, APPOINTMENT, hint, "msg_1", NOON, null, null, null));
  }

  @Test
  void theThinNoticeOfOurPluginCarriesOurOwnIdentifier() {
    String body = THIN.replace("}", ",\"identifier\":\"bk-0192f0a4\",\"later\":{\"more\":1}}");

    assertThat(accepted(signed(body)))
        .containsExactly(
            new ChangeNotice(
                1, APPOINTMENT, "APPOINTMENT_UPDATED", "msg_1", NOON, null, "bk-0192f0a4", null));
  }

  @Test
  void anIdentifierOfSomebodyElsesFormIsLeftOut() {
    String body = THIN.replace("}", ",\"identifier\":\"Avery Fixture\"}");

    assertThat(accepted(signed(body)).get(0).correlation()).isNull();
  }

  @Test
  void neitherQueueNorTableNorLogSeesANameOrATime() throws JsonProcessingException {
    for (int example = 42; example <= 49; example++) {
      accepted(signed("msg_" + example, CanvasExamples.number(example).bodyText()));
    }

    for (ChangeNotice message : queue.sent()) {
      String text = mapper.writeValueAsString(message);
      assertThat(text)
          .contains("\"v\":1", "\"hint\"", "\"noticeId\"", "\"receivedAt\"")
          .doesNotContain("Avery", "Fixture", "2027-03-18", "16:00", "null");
      assertThat(mapper.readValue(text, ChangeNotice.class)).isEqualTo(message);
    }
    assertThat(queue.sent()).hasSize(8);
    assertThat(rows.text() + log.text()).doesNotContain("Avery", "Fixture", "2027-03-18T20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {"v":2,"event":"A","appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"}   | v
          {"v":4294967297,"event":"A","appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"} | v
          {"v":"1","event":"A","appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"} | v
          {"event":"A","appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"}         | v
          {}                                                                         | v
          {"v":1,"appointment":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"}               | event
          {"v":1,"event":"moved","appointment":"x"}                                  | event
          {"v":1,"event":"Avery Fixture","appointment":"x"}                          | event
          {"v":1,"event":"A","appointment":"Avery Fixture"}                          | appointment
          {"v":1,"event":"A","appointment":null}                                     | appointment
          {"canvas_patient_key":"Avery","appointment_external_id":null}              | canvas_patient_key
          {"canvas_patient_key":"Avery","appointment_external_id":7}                 | appointment_external_id
          {"appointment_external_id":null,"cancelled":true}                          | canvas_patient_key
          {"appointment_external_id":"1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"}         | canvas_patient_key
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5"}                  | appointment_external_id
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5","appointment_external_id":null,"cancelled":"Avery"} | cancelled
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5","appointment_external_id":null,"no_show":1}         | no_show
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5","appointment_external_id":null,"created":true,"cancelled":true} | cancelled
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5","appointment_external_id":null,"start_time":"Avery"} | start_time
          {"canvas_patient_key":"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5","appointment_external_id":null,"end_time":17}        | end_time
          {"event_type":"moved","appointment":{"id":"Avery"}}                        | appointment.id
          {"event_type":["Avery"],"appointment":{}}                                  | event_type
          """)
  void aNoticeThatNamesNothingIsRefusedByItsFieldAndNotQuoted(String body, String field) {
    String answer = refused(400, signed(body)).getBody();

    assertThat(answer).contains("\"field\":\"" + field + "\"").doesNotContain("Avery");
    assertThat(log.text()).doesNotContain("Avery");
  }
}
