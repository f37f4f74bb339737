package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Appointment.Endpoint;
import clinic.scheduling.canvas.fhir.Appointment.Participant;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two fingerprints of a visit differ exactly if something in Canvas has changed that the patient
 * sees.
 */
class PatientFingerprintTest {
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String LINK = "https://meet.example.invalid/";
  private static final String START = "2026-11-24T17:00:00Z";
  private static final String END = "2026-11-24T17:30:00Z";
  private Practice practice;

  @BeforeEach
  void readPractice() throws IOException {
    practice = PracticeReader.read(Files.readString(Path.of("../../infra/practice.example.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "booked", "arrived", "checked-in", "fulfilled", "noshow"})
  void aStatusThatThePatientDoesNotSeeMakesNoDifference(String status) {
    assertThat(view(visit(status, START, END, "dr-1", HARBOR, "https://meet.example.invalid/1")))
        .isPresent()
        .isEqualTo(view(booked()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T16:59:00Z, 2026-11-24T17:30:00Z, dr-1, " + HARBOR + ", 1",
    "2026-11-24T17:00:00Z, 2026-11-24T17:31:00Z, dr-1, " + HARBOR + ", 1",
    "2026-11-24T17:00:00Z, 2026-11-24T17:30:00Z, dr-2, " + HARBOR + ", 1",
    "2026-11-24T17:00:00Z, 2026-11-24T17:30:00Z, dr-1, " + HARBOR + ", 2"
  })
  void timePersonAndLinkDo(String start, String end, String who, String where, String link) {
    assertThat(
            view(visit("booked", start, end, who, where, "https://meet.example.invalid/" + link)))
        .isPresent()
        .isNotEqualTo(view(booked()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T18:00:00Z, dr-1, 1, MOVED",
    "2026-11-24T18:00:00Z, dr-2, 2, MOVED",
    "2026-11-24T17:00:00Z, dr-2, 1, PRACTITIONER_CHANGED",
    "2026-11-24T17:00:00Z, dr-1, 2, LINK_CHANGED",
    "2026-11-24T17:00:00Z, dr-2, 2, CHANGED"
  })
  void aStepIsCalledByWhatThePatientSees(String start, String who, String link, Change expected) {
    Appointment after =
        visit("booked", start, end(start), who, HARBOR, "https://meet.example.invalid/" + link);

    assertThat(PatientFingerprint.change(view(booked()), view(after).orElseThrow(), practice))
        .contains(expected);
  }

  @Test
  void aVisitAtAnotherPlaceOfTheClinicHasANewPlace() {
    Optional<String> here = view(inPerson(HARBOR));

    assertThat(PatientFingerprint.change(here, view(inPerson("elsewhere")).orElseThrow(), practice))
        .contains(Change.PLACE_CHANGED);
    assertThat(PatientFingerprint.change(here, view(booked()).orElseThrow(), practice))
        .as("from the clinic to a screen")
        .contains(Change.CHANGED);
  }

  @Test
  void offAndOnAgainAreCancelledAndRestored() {
    Optional<String> on = view(booked());
    Optional<String> off = Optional.of(PatientFingerprint.GONE);

    assertThat(PatientFingerprint.change(Optional.empty(), on.orElseThrow(), practice))
        .contains(Change.BOOKED);
    assertThat(PatientFingerprint.change(on, PatientFingerprint.GONE, practice))
        .contains(Change.CANCELLED);
    assertThat(PatientFingerprint.change(off, on.orElseThrow(), practice))
        .contains(Change.RESTORED);
    assertThat(PatientFingerprint.change(on, on.orElseThrow(), practice)).isEmpty();
    assertThat(PatientFingerprint.change(off, PatientFingerprint.GONE, practice)).isEmpty();
  }

  @Test
  void anotherClinicianIsNoDifferenceWhereNoneIsNamed() throws IOException {
    practice = practice("\"practitionerName\": true", "\"practitionerName\": false");
    Appointment after = visit("booked", START, END, "dr-2", HARBOR, LINK + 1);

    assertThat(PatientFingerprint.change(view(booked()), view(after).orElseThrow(), practice))
        .isEmpty();
  }

  /**
   * Each row is a change of the document. A visit that has not changed in Canvas has not changed
   * for the patient either.
   */
  @ParameterizedTest
  @CsvSource({
    "'\"practitionerName\": true', '\"practitionerName\": false'",
    "Harbor Clinic, Pier Clinic",
    "1 Pier St, 2 Pier St",
    "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01, 5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a99",
    "'\"modality\": \"in-person\"', '\"modality\": \"phone\"'",
    "'\"modality\": \"in-person\"', '\"modality\": \"video\"'",
    "'\"modality\": \"video\"', '\"modality\": \"in-person\"'",
    "308335008, 308335009",
  })
  void whatThePracticeChangesInItsDocumentIsNoNewsOfAVisit(String from, String to)
      throws IOException {
    for (Appointment visit : List.of(booked(), inPerson(HARBOR), inPerson("elsewhere"), office())) {
      for (String form : List.of(PatientFingerprint.of(visit).orElseThrow(), firstForm(visit))) {
        Practice after = practice(from, to);

        assertThat(after).isNotEqualTo(practice);
        assertThat(PatientFingerprint.change(Optional.of(form), view(visit).orElseThrow(), after))
            .as(form)
            .isEmpty();
      }
    }
  }

  @Test
  void whoeverIsNamedFromNowOnIsNoNewsOfAVisit() throws IOException {
    practice = practice("\"practitionerName\": true", "\"practitionerName\": false");
    Optional<String> then = Optional.of(firstForm(booked()));

    practice = practice("", "");

    assertThat(PatientFingerprint.change(then, view(booked()).orElseThrow(), practice)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T18:00:00Z, dr-1, 1, MOVED",
    "2026-11-24T17:00:00Z, dr-2, 1, PRACTITIONER_CHANGED",
    "2026-11-24T17:00:00Z, dr-1, 2, LINK_CHANGED",
    "2026-11-24T17:00:00Z, dr-1, 1,",
  })
  void aRealChangeSinceTheFirstFormIsStillOne(
      String start, String who, String link, Change expected) {
    Appointment after = visit("booked", start, end(start), who, HARBOR, LINK + link);
    Optional<String> before = Optional.of(firstForm(booked()));

    assertThat(PatientFingerprint.change(before, view(after).orElseThrow(), practice))
        .isEqualTo(Optional.ofNullable(expected));
    assertThat(PatientFingerprint.change(before, PatientFingerprint.GONE, practice))
        .contains(Change.CANCELLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.whatever.comes", "2.too.short", "", "older"})
  void aFormThatIsNotKnownSaysNothing(String form) {
    assertThat(PatientFingerprint.change(Optional.of(form), view(booked()).orElseThrow(), practice))
        .isEmpty();
    assertThat(PatientFingerprint.change(Optional.of(form), PatientFingerprint.GONE, practice))
        .as("off is off in every form")
        .contains(Change.CANCELLED);
  }

  @Test
  void anotherKindOfVisitIsADifferenceOnlyIfItMeetsInAnotherWay() throws IOException {
    practice = practice("\"code\": \"448337001\"", "\"code\": \"185389009\"");
    Optional<String> office = view(office());
    Appointment other = ofKind(office(), "185389009");

    assertThat(
            PatientFingerprint.change(office, view(ofKind(office(), "0")).orElseThrow(), practice))
        .as("a kind that only staff book, in the same place")
        .isEmpty();
    assertThat(PatientFingerprint.change(office, view(other).orElseThrow(), practice))
        .contains(Change.PLACE_CHANGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "entered-in-error"})
  void aVisitThatIsOffIsOffWhateverItsTime(String status) {
    assertThat(view(visit(status, "unreadable", END, "dr-1", HARBOR, "")))
        .contains(PatientFingerprint.GONE);
  }

  @ParameterizedTest
  @CsvSource({
    "waitlist, 2026-11-24T17:00:00Z",
    "of-another-world, 2026-11-24T17:00:00Z",
    "booked, unreadable"
  })
  void whatIsNotCertainHasNone(String status, String start) {
    assertThat(view(visit(status, start, END, "dr-1", HARBOR, ""))).isEmpty();
  }

  @Test
  void aVisitWithASuccessorThatIsNotShownHasNone() {
    Reference successor =
        new Reference("Appointment/next", null, "Rescheduled Replacement Appointment");

    assertThat(view(with(visit("cancelled", START, END, "dr-1", HARBOR, ""), successor))).isEmpty();
  }

  private Optional<String> view(Appointment visit) {
    return PatientFingerprint.of(visit);
  }

  private static Appointment booked() {
    return visit("booked", START, END, "dr-1", HARBOR, "https://meet.example.invalid/1");
  }

  private static String end(String start) {
    return Instant.parse(start).plusSeconds(1800).toString();
  }

  /** The practice of the example document, after a text in it was replaced. */
  private static Practice practice(String from, String to) throws IOException {
    String text = Files.readString(Path.of("../../infra/practice.example.json"));
    return PracticeReader.read(text.replace(from, to));
  }

  /**
   * A fingerprint in the first format, which had the document's words for the place, and a link
   * only for video visits.
   */
  private String firstForm(Appointment visit) {
    boolean video = PatientFingerprint.modality(visit, practice) == Modality.VIDEO;
    String words =
        practice
            .locationByCanvasId(visit.location().orElse(""))
            .map(it -> it.name() + "\n" + it.address().map(Location.Address::oneLine).orElse(""))
            .orElse("");
    return String.join(
        ".",
        part(visit.time().orElseThrow().start() + "", visit.time().orElseThrow().end() + ""),
        part(practice.messages().practitionerName() ? visit.practitioner().orElse("") : ""),
        part(PatientFingerprint.modality(visit, practice).word(), video ? "" : words),
        part(video ? visit.meetingLink().orElse("") : ""));
  }

  private static String part(String... seen) {
    return Digest.of(seen).substring(0, 16);
  }

  private static Appointment office() {
    return ofKind(inPerson(HARBOR), "308335008");
  }

  private static Appointment ofKind(Appointment visit, String code) {
    return new Appointment(
        visit.resourceType(),
        visit.id(),
        visit.contained(),
        visit.identifier(),
        visit.status(),
        CodeableConcept.of(new Coding("http://snomed.info/sct", code, null)),
        null,
        null,
        visit.supportingInformation(),
        visit.start(),
        visit.end(),
        visit.participant());
  }

  private static Appointment inPerson(String where) {
    Appointment visit = visit("booked", START, END, "dr-1", where, "");
    return new Appointment(
        visit.resourceType(),
        visit.id(),
        null,
        visit.identifier(),
        visit.status(),
        null,
        null,
        null,
        visit.supportingInformation(),
        visit.start(),
        visit.end(),
        visit.participant());
  }

  private static Appointment visit(
      String status, String start, String end, String who, String where, String link) {
    return new Appointment(
        "Appointment",
        "appt-1",
        List.of(Endpoint.meeting(link)),
        List.of(),
        status,
        null,
        null,
        null,
        List.of(Reference.to("Location", where)),
        start,
        end,
        List.of(Participant.accepted(Reference.to("Practitioner", who))));
  }

  private static Appointment with(Appointment visit, Reference supporting) {
    return new Appointment(
        visit.resourceType(),
        visit.id(),
        visit.contained(),
        visit.identifier(),
        visit.status(),
        null,
        null,
        null,
        List.of(supporting),
        visit.start(),
        visit.end(),
        visit.participant());
  }
}
