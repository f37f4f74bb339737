package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.token.SignedTokens;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A name typed in another way finds the same chart; a different name does not. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class SameNameTest extends BookingCase {
  private static final String BORN = "1971-03-02";
  private static final String SCRIPT_A = "\ud835\udc9c";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject SignedTokens tokens;

  /** The given names in the chart, separated by bars, and the name as typed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          Ann; O'Brien; Ann; O\u2019Brien
          Ann; O\u2019Brien; Ann; O'Brien
          Ann; O'Brien; Ann; O\u02bcBrien
          Ann; O'Brien; Ann; O\u2018Brien
          Ann; O'Brien; Ann; O\uff07Brien
          Ann; O'Brien; Ann; O\u00b4Brien
          Ann; O'Brien; Ann; O`Brien
          Ann; O'Brien; Ann; OBrien
          Ann; O'Brien; ANN; o brien
          Ann; \u02bbOkina; Ann; 'Okina
          Mary|Ann; Lee; Mary Ann; Lee
          Mary|Ann; Lee; Mary; Lee
          Mary|Ann|Sue; Lee; Mary-Ann; Lee
          Mary Ann; Lee; Mary\u00a0 Ann; Lee
          Mary-Ann; Lee; Mary\u2011Ann; Lee
          Mary Ann; Lee; MaryAnn; Lee
          Ann; Smith-Jones; Ann; Smith\u2013Jones
          Ann; Smith-Jones; Ann; Smith Jones
          Ann; de la Cruz; Ann; De La Cruz
          Jos\u00e9; Nu\u00f1ez; Jose\u0301; Nun\u0303ez
          Fiona; Lee; \ufb01ona; Lee
          Ann; Lee; \uff21\uff2e\uff2e; \uff2c\uff45\uff45
          Ann; Stra\u00dfe; Ann; STRASSE
          Ann; Strau\u00df; Ann; STRAU\u1e9e
          Ann; Strau\u1e9e; Ann; Strauss
          \u03a3\u03c9\u03ba\u03c1\u03ac\u03c4\u03b7\u03c2; Lee; \u03a3\u03a9\u039a\u03a1\u0386\u03a4\u0397\u03a3; Lee
          \u200eAnn\u200f; Lee; Ann; Lee
          Ann; Lee; A\u00adnn; L\u200bee
          \u0639\u0644\u06cc\u200c\u0631\u0636\u0627; Lee; \u0639\u0644\u06cc \u0631\u0636\u0627; Lee
          \ud55c; Lee; \u1112\u1161\u11ab; Lee
          """)
  void theSamePersonHasOneChart(String given, String family, String asGiven, String asFamily) {
    chart(given, family);
    int known = sandbox.canvas().patientCount();

    Answer answer = calls.book(Desk.key(), body(asGiven, asFamily));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          Ann; Lee; Anne; Lee
          Mary; Lee; Mary Ann; Lee
          Mary|Ann; Lee; Ann; Lee
          Mary|Ann; Lee; Mary Beth; Lee
          Mary|Ann; Lee; Ma; Lee
          Jos\u00e9; Lee; Jose; Lee
          H\u00f9ng; Lee; H\u01b0ng; Lee
          Ann; M\u00fcller; Ann; Mueller
          Ann; M\u00fcller; Ann; Muller
          \u0930\u093e\u092e; Lee; \u0930\u092e\u093e; Lee
          \u0410\u043d\u0434\u0440\u0435\u0439; Lee; \u0410\u043d\u0434\u0440\u0435\u0438; Lee
          \u3086\u304b; Lee; \u3086\u304c; Lee
          \u30e8\u30fc\u30b3; Lee; \u30e8\u30b3; Lee
          Ann; Lee; \u0410nn; Lee
          .; Lee; -; Lee
          Ann; Lee; Lee; Ann
          """)
  void anotherPersonHasAnother(String given, String family, String asGiven, String asFamily) {
    chart(given, family);
    int known = sandbox.canvas().patientCount();

    Answer answer = calls.book(Desk.key(), body(asGiven, asFamily));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known + 1);
  }

  @Test
  void whoTypesTheirNameInAnotherWayTheSecondTimeHasOneChart() {
    int before = sandbox.canvas().patientCount();

    calls.book(Desk.key(), body("Mary Ann", "O\u2019Brien"));
    calls.book(Desk.key(), body("mary-ann", "O'Brien"));

    assertThat(sandbox.canvas().patientCount()).isEqualTo(before + 1);
  }

  @Test
  void nothingInvisibleStandsInAChart() {
    Instant start = desk.freshStart();
    ObjectNode body = json(body("\u202eMary\u00a0\u200b Ann", "O\u2019Bri\u00aden"));
    body.put("slot", desk.office(start)).put("comment", "\u202eside\u200b\n\u2067door");
    body.withObject("/reason").put("text", "\ufeffknee\u200d");

    assertThat(calls.book(Desk.key(), body.toString()).status()).isEqualTo(201);

    Appointment visit = standingAt(start).get(0);
    Patient made = canvas.patient(visit.patient().orElseThrow()).orElseThrow();
    assertThat(made.officialName())
        .contains(
            new HumanName("official", null, Phi.of("O\u2019Brien"), List.of(Phi.of("Mary Ann"))));
    assertThat(visit.reasonCode().get(0).text()).isEqualTo(Phi.of("knee - side\ndoor"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", "\u202e\u2066", "\u200d\u3164", "\u00a0"})
  void aNameThatNobodyCanSeeIsNone(String invisible) {
    Answer answer = calls.uncheckedBook(Desk.key(), body(invisible, "Lee"), Map.of());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("patient.given");
  }

  @Test
  void aNameIsAsLongAsItHasCharacters() {
    assertThat(calls.book(Desk.key(), body(SCRIPT_A.repeat(60), "Lee")).status()).isEqualTo(201);
    assertThat(calls.book(Desk.key(), body(SCRIPT_A.repeat(100), "Lee")).status()).isEqualTo(201);
    assertThat(
            calls.uncheckedBook(Desk.key(), body(SCRIPT_A.repeat(101), "Lee"), Map.of()).status())
        .isEqualTo(400);
  }

  /**
   * The identifier of the record was made by an earlier version, for which apostrophes in names
   * counted.
   */
  @Test
  void aChildWithoutAContactIsFoundByTheNameThatItsRecordOnceGot() {
    String former =
        Digest.keyed(
            tokens.digestKey("patient"),
            "o'brien",
            "child",
            "2019-07-09",
            "5555550177",
            "carer@example.invalid");
    Identifier name = Identifier.usual(OutsideWorld.SYSTEM, former);
    chart(Charts.of("Child", "O'Brien", "2019-07-09", List.of(), name));
    int known = sandbox.canvas().patientCount();

    Answer answer = calls.book(Desk.key(), desk.byCarer(desk.freshSlot(), "O'Brien"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(known);
  }

  private void chart(String given, String family) {
    chart(
        Charts.of(
            given,
            family,
            BORN,
            List.of(Telecom.of("email", "home", Phi.of("name@example.invalid"), false)),
            Identifier.usual("urn:example:chart", UUID.randomUUID().toString())));
  }

  private void chart(Patient patient) {
    assertThat(canvas.create(patient)).isInstanceOf(WriteOutcome.Written.class);
  }

  private String body(String given, String family) {
    ObjectNode body = JSON.createObjectNode().put("slot", desk.freshSlot());
    body.putObject("reason").put("code", "FU");
    ObjectNode patient = body.putObject("patient");
    patient.put("given", given).put("family", family).put("birthDate", BORN).put("state", "CA");
    patient.put("phone", "+15555550145").put("email", "name@example.invalid");
    patient.putObject("consent").put("email", true).put("sms", true);
    return body.toString();
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
