package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Booking sites often send fields that people left empty: those count as absent. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class EmptyFieldsTest extends BookingCase {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \"", "\"\\r\\n\\t\""})
  void anOptionalFieldThatIsEmptyIsAbsent(String empty) {
    Instant start = desk.freshStart();

    Answer booked = calls.book(Desk.key(), emptyEverywhere(desk.office(start), empty));

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(standingAt(start).get(0).reasonCode())
        .singleElement()
        .satisfies(none -> assertThat(none.text()).isEqualTo(Phi.of("No description given")));
    Patient made = canvas.patient(standingAt(start).get(0).patient().orElseThrow()).orElseThrow();
    assertThat(made.zone()).isEmpty();
    assertThat(made.extension()).anyMatch(one -> "UNK".equals(one.valueCode()));

    Answer off =
        calls.cancel(booked.id(), booked.token(), Desk.key(), "{\"reason\":" + empty + "}");
    assertThat(off.status()).as(off.text()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \""})
  void aPatientForWhomSomebodyElseBooksMayLeaveTheirContactEmpty(String empty) {
    String body =
        desk.byCarer(desk.freshSlot(), family())
            .replace(
                "\"state\":\"CA\"",
                "\"state\":\"CA\",\"phone\":%1$s,\"email\":%1$s".formatted(empty));

    Answer booked = calls.book(Desk.key(), body);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'given':'','family':'','phone':'','email':''}",
        "{'given':null,'family':' ','phone':null,'email':''}",
        "{'phone':''}"
      })
  void aBookerOfWhomNothingIsSaidIsAbsent(String booker) {
    String section = ",\"booker\":" + booker.replace('\'', '"') + "}";
    String slot = desk.freshSlot();
    String body = desk.body(slot).replaceFirst("}\\s*$", section);

    Answer booked = calls.book(Desk.key(), body);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    Answer alone =
        calls.uncheckedBook(
            Desk.key(), body.replaceFirst("\"phone\":\"[^\"]+\"", "\"phone\":\"\""), Map.of());
    assertThat(alone.body().at("/errors/0/field").asText()).isEqualTo("patient.phone");
    assertThat(alone.body().path("errors")).hasSize(1);
  }

  @Test
  void aBookerOfWhomOneThingIsSaidIsOneWithTheRestMissing() {
    String body = desk.body(desk.freshSlot());
    String section = ",\"booker\":{\"given\":\"Cara\",\"family\":\"\"}}";

    Answer refused =
        calls.uncheckedBook(Desk.key(), body.replaceFirst("}\\s*$", section), Map.of());

    assertThat(refused.body().findValuesAsText("field"))
        .containsExactly("booker.family", "booker.phone", "booker.email");
  }

  @Test
  void anUnknownFieldOfAnEmptyBookerIsStillUnknown() {
    String body = desk.body(desk.freshSlot());

    Answer refused =
        calls.uncheckedBook(
            Desk.key(),
            body.replaceFirst("}\\s*$", ",\"booker\":{\"ssn\":null,\"given\":\"\"}}"),
            Map.of());

    assertThat(refused.body().findValuesAsText("field")).containsExactly("booker.ssn");
  }

  @ParameterizedTest
  @CsvSource({
    "null, patient.phone",
    "'\"\"', patient.phone",
    "null, patient.email",
    "'\" \"', patient.email",
    "null, patient.given",
    "'\"\"', patient.family",
    "null, patient.state",
    "null, patient.birthDate",
    "null, patient.consent",
    "null, slot",
    "null, reason"
  })
  void aRequiredFieldThatIsEmptyIsMissing(String empty, String field) throws Exception {
    ObjectNode body = (ObjectNode) MAPPER.readTree(desk.body(desk.freshSlot(), family(), "CA"));
    ObjectNode parent = field.startsWith("patient.") ? (ObjectNode) body.path("patient") : body;
    parent.set(field.replace("patient.", ""), MAPPER.readTree(empty));

    Answer refused = calls.uncheckedBook(Desk.key(), body.toString(), Map.of());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.body().at("/errors/0/message").asText()).isEqualTo("is missing");
  }

  @Test
  void anUnknownFieldThatIsEmptyIsStillUnknown() {
    String body = desk.body(desk.freshSlot()).replaceFirst("\\{", "{\"ssn\":null,");

    Answer refused = calls.uncheckedBook(Desk.key(), body, Map.of());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo("ssn");
  }

  private static String emptyEverywhere(String slot, String empty) {
    return """
        {"slot":"%1$s","reason":{"code":%2$s,"text":%2$s},"comment":%2$s,"booker":%2$s,
         "patient":{"given":"Canary","family":"%3$s","birthDate":"1985-07-09",
           "phone":"+15555550145","email":"canary@example.invalid","state":"CA",
           "language":%2$s,"timezone":%2$s,"birthSex":%2$s,
           "consent":{"email":true,"sms":true}}}"""
        .formatted(slot, empty, family());
  }

  private static String family() {
    return "Family" + UUID.randomUUID().toString().substring(0, 8);
  }
}
