package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.booking.create.CreateAppointment;
import clinic.scheduling.booking.create.Creating;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.sandbox.canvas.Fault;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A visit goes into an existing chart only if the chart has the contact point that was proved; and
 * nobody learns before the proof, or from its answer, whether there is a chart.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(VerifiedContacts.class)
class ProvenChartTest extends VerifiedCase {
  private static final String BORN = "1985-07-09";
  private static final String PHONE = "5555550145";

  @Inject RowTraffic traffic;
  @Inject Creating creating;
  private final AtomicInteger used = new AtomicInteger();

  @Test
  void aChartWithTheProvenAddressIsUsed() {
    String family = family();
    String chart = chart(family, Telecom.of("email", "home", Phi.of(address(family)), false));

    assertThat(patientOf(desk.body(next(), family, "CA"))).isEqualTo(chart);
  }

  @Test
  void anotherSpellingOfTheProvenAddressIsTheSameAddress() {
    String family = family();
    Phi<String> written = Phi.of(address(family).toUpperCase(Locale.ROOT));
    String chart = chart(family, Telecom.of("email", "home", written, false));

    assertThat(patientOf(desk.body(next(), family, "CA"))).isEqualTo(chart);
  }

  /** Whoever knows a patient's name, birth date and number has not proved to be the patient. */
  @Test
  void aChartWithOnlyTheNumberThatWasTypedIsNotUsed() {
    String family = family();
    String chart = chart(family, Telecom.of("phone", "mobile", Phi.of(PHONE), false));

    String first = patientOf(desk.body(next(), family, "CA"));
    String second = patientOf(desk.body(next(), family, "CA"));

    assertThat(first).isNotEqualTo(chart);
    assertThat(second).isEqualTo(first);
  }

  /** An earlier booking without proof found the chart by the number. That is no proof now. */
  @Test
  void whatABookingWithoutProofHasFoundIsNotUsed() {
    String family = family();
    String chart = chart(family, Telecom.of("phone", "mobile", Phi.of(PHONE), false));
    CreateAppointment create = creating.under(Practices.changed(text -> text));
    String before =
        new HttpGuard(BookAppointment.LOG)
            .answer(
                Events.of("POST", "/appointments")
                    .header("idempotency-key", key())
                    .json(desk.body(next(), family, "CA"))
                    .build(),
                create::answer)
            .getBody();
    assertThat(
            CanvasBook.of(sandbox)
                .current(before.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1"))
                .patient())
        .contains(chart);

    assertThat(patientOf(desk.body(next(), family, "CA"))).isNotEqualTo(chart);
  }

  @Test
  void aChartFromWhichStaffHaveTakenTheAddressIsNotUsedAgain() {
    String family = family();
    Telecom address = Telecom.of("email", "home", Phi.of(address(family)), false);
    String chart = chart(family, address);
    assertThat(patientOf(desk.body(next(), family, "CA"))).isEqualTo(chart);
    ArrayNode other = JsonNodeFactory.instance.arrayNode();
    other.addObject().put("system", "email").put("value", "new@example.invalid").put("use", "home");
    sandbox.canvas().frontDesk().contacts(chart, other);

    assertThat(patientOf(desk.body(next(), family, "CA"))).isNotEqualTo(chart);
  }

  @Test
  void twoChartsWithTheProvenAddressAreForTheClinicToSortOut() {
    String family = family();
    chart(family, Telecom.of("email", "home", Phi.of(address(family)), false));
    chart(family, Telecom.of("email", "home", Phi.of(address(family)), false));

    Answer answer = proved(begun(desk.body(next(), family, "CA")));

    assertThat(answer.type()).isEqualTo("call-the-clinic");
  }

  @Test
  void aCarerProvesTheirOwnAddressAndFindsTheChildThatTheyBookedFor() {
    String family = family();
    String first = begun(desk.byCarer(next(), family));
    assertThat(verifications.find(first).orElseThrow().contact().address().value())
        .isEqualTo("carer@example.invalid");
    String child = patientOfProof(first);
    rows.clear(); // only the record itself is left

    assertThat(patientOf(desk.byCarer(next(), family))).isEqualTo(child);
    Patient record = canvas.patient(child).orElseThrow();
    assertThat(record.contacts("email")).isEmpty();
    assertThat(record.contacts("phone")).isEmpty();
  }

  /** In Canvas, one mark says that a contact point is verified and may be written to. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void aNewRecordShowsAProofThatIsTrueAndNoOther(boolean agrees, boolean marked) {
    String body =
        desk.body(next(), family(), "CA")
            .replace("\"email\":true,\"sms\":true", "\"email\":" + agrees + ",\"sms\":true");

    Patient made = canvas.patient(patientOf(body)).orElseThrow();

    assertThat(made.contacts("email")).extracting(Telecom::hasConsent).containsExactly(marked);
    assertThat(made.contacts("phone")).extracting(Telecom::hasConsent).containsExactly(false);
  }

  /** A verified contact point can belong to one patient only, and families share addresses. */
  @Test
  void aRecordWhoseProofCanvasRefusesIsMadeWithoutIt() {
    int before = sandbox.canvas().patientCount();
    sandbox.canvas().faults().add(Fault.status(422, "POST", "/Patient"));

    String patient = patientOf(desk.body(next(), family(), "CA"));

    assertThat(sandbox.canvas().patientCount()).isEqualTo(before + 1);
    assertThat(canvas.patient(patient).orElseThrow().contacts("email"))
        .extracting(Telecom::hasConsent)
        .containsExactly(false);
  }

  @Test
  void beforeTheProofNothingIsAskedAboutAnyPatient() {
    String family = family();
    chart(family, Telecom.of("email", "home", Phi.of(address(family)), false));

    Map<String, Long> known = callsOfCanvas(() -> calls.book(key(), body(family)));
    Map<String, Long> unknown = callsOfCanvas(() -> calls.book(key(), body(family())));
    String id = begun(body(family));
    Map<String, Long> wrong = callsOfCanvas(() -> calls.prove(id, wrong(id)));

    assertThat(known).isEqualTo(unknown).containsOnlyKeys("Slot", "Practitioner");
    assertThat(wrong).isEmpty();
  }

  @Test
  void noStepTellsWhetherThereIsAChart() {
    String family = family();
    chart(family, Telecom.of("email", "home", Phi.of(address(family)), false));
    String strange = family();
    String known = body(family);
    String unknown = body(strange);

    Answer[] begun = new Answer[2];
    List<String> rowsOfKnown = traffic.of(() -> begun[0] = calls.book(key(), known));
    List<String> rowsOfUnknown = traffic.of(() -> begun[1] = calls.book(key(), unknown));
    assertThat(rowsOfKnown).isEqualTo(rowsOfUnknown);
    assertThat(begun[0].headers()).isEqualTo(begun[1].headers());
    assertThat(begun[0].text().replace(id(begun[0]), ""))
        .hasSameSizeAs(begun[1].text().replace(id(begun[1]), ""));

    Answer[] booked = new Answer[2];
    Map<String, Long>[] asked = new Map[2];
    List<String> proofOfKnown =
        traffic.of(() -> asked[0] = callsOfCanvas(() -> booked[0] = proved(id(begun[0]))));
    List<String> proofOfUnknown =
        traffic.of(() -> asked[1] = callsOfCanvas(() -> booked[1] = proved(id(begun[1]))));
    assertThat(booked).allMatch(one -> one.status() == 201);
    assertThat(proofOfKnown).isEqualTo(proofOfUnknown);
    assertThat(asked[0]).isEqualTo(asked[1]).containsKey("Patient");
    assertThat(booked[0].headers().keySet()).isEqualTo(booked[1].headers().keySet());
  }

  private String body(String family) {
    return desk.body(next(), family, "CA");
  }

  private String next() {
    int number = used.getAndIncrement();
    Offer offer = offers.office(1 + number / 12, number % 12);
    return offers.slot(offer);
  }

  private String patientOfProof(String verification) {
    Answer answer = proved(verification);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return CanvasBook.of(sandbox).current(answer.id()).patient().orElseThrow();
  }

  private static String address(String family) {
    return "canary." + family.toLowerCase(Locale.ROOT) + "@example.invalid";
  }

  /** A record that staff have made. Returns its key. */
  private String chart(String family, Telecom... contacts) {
    Identifier theirs = Identifier.usual("urn:example:chart", UUID.randomUUID().toString());
    WriteOutcome made = canvas.create(Charts.of("Canary", family, BORN, List.of(contacts), theirs));
    assertThat(made).isInstanceOf(WriteOutcome.Written.class);
    return ((WriteOutcome.Written) made).id();
  }
}
