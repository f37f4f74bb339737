package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.CanvasExamples.Example;
import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client understands the known answers of Canvas. Each example file is one answer. */
@QuarkusTest
@QuarkusTestResource(ScriptedCanvas.class)
class CanvasExamplesTest {
  private static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  private static final String SCHEDULE = "Location.1-Staff." + INGRID;
  private static final String VISIT = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801";

  @Inject Canvas canvas;
  @Inject ObjectMapper mapper;

  @BeforeEach
  void forget() {
    ScriptedCanvas.forget();
  }

  @Test
  void schedulesNamePlaceAndPractitioner() {
    given(4);

    assertThat(canvas.schedules().stream().flatMap(one -> one.pair().stream()))
        .extracting(Schedule.IdParts::scheduleKey, Schedule.IdParts::practitioner)
        .contains(tuple("1", INGRID))
        .hasSize(3);
  }

  @Test
  void slotsAreInstantsWhateverTheirOffset() {
    given(5);

    List<Slot> slots =
        canvas.slots(SCHEDULE, LocalDate.of(2027, 3, 16), LocalDate.of(2027, 3, 16), 30);

    assertThat(slots.stream().flatMap(one -> one.freeTimeIn(SCHEDULE).stream()))
        .extracting(one -> one.start().toString())
        .containsExactly("2027-03-16T16:00:00Z", "2027-03-16T16:30:00Z", "2027-03-16T20:15:00Z");
    assertThat(slots.get(0).freeTimeIn("Location.2-Staff." + INGRID)).isEmpty();
    assertThat(asked().query()).isEqualTo(sentIn(5));
  }

  @Test
  void noSlotsIsAnEmptyAnswer() {
    given(6);

    assertThat(canvas.slots(SCHEDULE, LocalDate.of(2027, 3, 20), LocalDate.of(2027, 3, 21), 20))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 39, 40})
  void aSearchThatIsRefusedIsNotAnEmptyAnswer(int example) {
    given(example);

    assertThatThrownBy(() -> canvas.schedules()).isInstanceOf(UnavailableException.class);
  }

  @Test
  void licencesAreReadWithStateAndDays() {
    given(8);

    List<Practitioner> found = canvas.practitioners();

    Licences ingrid = Licences.of(found.get(0), List.of());
    Licences omar = Licences.of(found.get(1), List.of());
    LocalDate visit = LocalDate.of(2027, 3, 16);
    assertThat(ingrid.states(visit)).containsExactly("CA", "OR");
    assertThat(omar.states(visit)).isEmpty();
    assertThat(found.get(0).meetingRoom()).contains("https://video.example.invalid/testwell");
  }

  @Test
  void locationsHaveTheirUuid() {
    given(9);

    assertThat(canvas.locations())
        .extracting("name")
        .containsExactly("Harbor Clinic", "Virtual Care");
  }

  @Test
  void aPatientIsFoundWithContactsAndConsent() {
    given(10);

    List<Patient> found = canvas.patientsBorn(Phi.of("1990-02-03"));

    assertThat(found).hasSize(1);
    assertThat(found.get(0).contacts("phone").get(0).hasConsent()).isFalse();
    assertThat(found.get(0).contacts("phone").get(0).value()).isEqualTo(Phi.of("5550100123"));
    assertThat(found.toString()).doesNotContain("Avery", "Fixture", "5550100123", "1990-02-03");
    assertThat(asked().query()).containsEntry("birthdate", sentIn(10).get("birthdate"));
  }

  @Test
  void noPatientIsAnEmptyAnswer() {
    given(11);

    assertThat(canvas.patientsBorn(Phi.of("1990-02-03"))).isEmpty();
  }

  @Test
  void aCreatedPatientIsKnownByTheLocationHeader() throws Exception {
    given(12);
    Patient patient = mapper.treeToValue(CanvasExamples.number(12).body(), Patient.class);

    assertThat(canvas.create(patient))
        .isEqualTo(new WriteOutcome.Written("5a6b7c8d9e0f4123a4b5c6d7e8f90a1b"));
  }

  @ParameterizedTest
  @CsvSource({
    "13,1a4f6c2e-90b3-4d57-8e21-7c6b5a493801",
    "14,2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902",
    "15,3c6f8e40-b2d5-4f79-a043-9e8d7c6b5a03",
    "21,4d709f51-c3e6-4a8a-b154-af9e8d7c6b04"
  })
  void aCreatedAppointmentIsKnownByTheLocationHeader(int example, String id) throws Exception {
    given(example);

    assertThat(canvas.create(appointmentOf(example))).isEqualTo(new WriteOutcome.Written(id));
    assertThat(mapper.readTree(asked().body())).isEqualTo(CanvasExamples.number(example).body());
  }

  @ParameterizedTest
  @CsvSource({
    "17,422,appointment-type",
    "18,422,appointment-type",
    "19,422,business-rule",
    "20,400,required"
  })
  void whatCanvasWillNeverTakeIsRefused(int example, int status, String code) throws Exception {
    given(example);

    assertThat(canvas.create(appointmentOf(example)))
        .isEqualTo(new WriteOutcome.Refused(status, code));
  }

  @Test
  void aTakenTimeIsItsOwnOutcome() throws Exception {
    given(16);
    assertThat(canvas.create(appointmentOf(16))).isInstanceOf(WriteOutcome.TimeTaken.class);

    given(29);
    assertThat(update(29)).isInstanceOf(WriteOutcome.TimeTaken.class);
  }

  @Test
  void anAppointmentIsReadWithAllThatIsNeeded() {
    given(22);

    Appointment read = canvas.appointment(VISIT).orElseThrow().resource();

    assertThat(read.knownStatus()).contains(AppointmentStatus.PROPOSED);
    assertThat(read.time().orElseThrow().start()).isEqualTo(Instant.parse("2027-03-16T16:00:00Z"));
    assertThat(read.practitioner()).contains(INGRID);
    assertThat(read.patient()).contains("9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5");
    assertThat(read.location()).contains("5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01");
    assertThat(read.meetingLink()).contains("https://video.example.invalid/room/abc123");
    assertThat(read.identifierOf("urn:example:external-scheduling")).contains("bk-0192f0a4-0001");
    assertThat(read.toString()).doesNotContain("rash");
  }

  @Test
  void anUnknownAppointmentIsAbsent() {
    given(23);

    assertThat(canvas.appointment("ffffffff-ffff-4fff-8fff-ffffffffffff")).isEmpty();
  }

  @Test
  void anAppointmentIsFoundByOurIdentifier() {
    given(24);

    assertThat(
            canvas.appointmentsByIdentifier("urn:example:external-scheduling", "bk-0192f0a4-0001"))
        .extracting(Appointment::id)
        .containsExactly(VISIT);
    assertThat(asked().query()).containsAllEntriesOf(sentIn(24));
  }

  @Test
  void pagesAreFollowedByTheirLinks() {
    given(25, 26);

    assertThat(canvas.appointmentsOf(INGRID, LocalDate.of(2027, 3, 16), LocalDate.of(2027, 3, 18)))
        .hasSize(3);
    assertThat(ScriptedCanvas.CALLS.get(1).query()).isEqualTo(sentIn(26));
  }

  @Test
  void noAppointmentsIsAnEmptyAnswer() {
    given(27);

    assertThat(canvas.appointmentsOf(INGRID, LocalDate.of(2027, 3, 16), LocalDate.of(2027, 3, 17)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 30})
  void anUpdateSendsWhatTheExampleSendsAndIsWritten(int example) throws Exception {
    given(example);

    assertThat(update(example)).isEqualTo(new WriteOutcome.Written(VISIT));
    assertThat(mapper.readTree(asked().body())).isEqualTo(CanvasExamples.number(example).body());
  }

  @Test
  void refusedUpdatesSayWhy() throws Exception {
    given(31, 32, 33);

    assertThat(update(31)).isEqualTo(new WriteOutcome.Refused(422, "business-rule"));
    assertThat(update(32)).isInstanceOf(WriteOutcome.Changed.class);
    assertThat(asked().header("if-unmodified-since")).isPresent();
    assertThat(update(33)).isEqualTo(new WriteOutcome.Refused(400, "invalid"));
  }

  @Test
  void aThreadIsFollowedFromEitherEnd() {
    given(34, 35);
    VisitThread fromOld =
        VisitThread.of("2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902", canvas).orElseThrow();

    given(35, 34);
    VisitThread fromNew =
        VisitThread.of("5e81a062-d4f7-4b9b-8265-b0af9e8d7c05", canvas).orElseThrow();

    assertThat(Stream.of(fromOld, fromNew))
        .allSatisfy(
            thread -> {
              assertThat(thread.rootId()).isEqualTo("2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902");
              assertThat(thread.currentId()).isEqualTo("5e81a062-d4f7-4b9b-8265-b0af9e8d7c05");
              assertThat(thread.bookingId("urn:example:external-scheduling"))
                  .contains("bk-0192f0a4-0002");
            });
  }

  private WriteOutcome update(int example) throws Exception {
    return canvas.update(VISIT, appointmentOf(example), Instant.parse("2027-03-15T10:00:00Z"));
  }

  private Appointment appointmentOf(int example) throws Exception {
    JsonNode body = CanvasExamples.number(example).body();
    return mapper.treeToValue(body, Appointment.class);
  }

  private static void given(int... examples) {
    for (int number : examples) {
      ScriptedCanvas.answers(CanvasExamples.number(number));
    }
  }

  private static Call asked() {
    return ScriptedCanvas.CALLS.get(ScriptedCanvas.CALLS.size() - 1);
  }

  private static Map<String, List<String>> sentIn(int number) {
    Example example = CanvasExamples.number(number);
    String query = example.path().substring(example.path().indexOf('?') + 1);
    return new Call("GET", "/", "/", query, Map.of(), new byte[0]).query();
  }
}
