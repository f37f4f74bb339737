package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.confirmations.render.Visit;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescribeVisitTest {
  private static final String OFFICE = "308335008";
  private static final String VIDEO = "448337001";
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final Optional<String> NEW_YORK = Optional.of("America/New_York");
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");
  private final ManageToken tokens =
      new ManageToken(SignedTokens.of(Base64.getEncoder().encodeToString(new byte[32]), clock));
  private final LinkGenerations generations = new LinkGenerations(new MemoryRows(clock), clock);

  @Test
  void aVisitAtTheClinicIsToldInTheTimeOfTheClinic() {
    Visit visit = describe(OFFICE, "", NEW_YORK);

    assertThat(visit.zone()).isEqualTo(Samples.HARBOR);
    assertThat(visit.meeting()).isEqualTo(Samples.AT_HARBOR);
    assertThat(visit.clinician()).contains("Ingrid Testwell MD");
  }

  @Test
  void aVideoVisitIsToldInTheTimeOfThePatient() {
    assertThat(describe(VIDEO, "https://v.example.invalid/1", NEW_YORK).zone())
        .isEqualTo(ZoneId.of("America/New_York"));
    assertThat(describe(VIDEO, "https://v.example.invalid/1", Optional.of("Mars/Base")).zone())
        .isEqualTo(Samples.HARBOR);
  }

  @Test
  void aKindOfVisitThatThePracticeDoesNotListIsToldByItsLink() {
    assertThat(describe("other", "https://v.example.invalid/1", NEW_YORK).meeting())
        .isEqualTo(new Visit.Meeting.ByVideo(Optional.of("https://v.example.invalid/1")));
    assertThat(describe("other", "", NEW_YORK).meeting()).isEqualTo(Samples.AT_HARBOR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "https://v.example.invalid/\"><script>",
        "https://v.example.invalid/\r\nBcc: x",
        "call us"
      })
  void aLinkThatIsNoneIsLeftOut(String link) {
    assertThat(describe(VIDEO, link, NEW_YORK).meeting())
        .isEqualTo(new Visit.Meeting.ByVideo(Optional.empty()));
  }

  @Test
  void theManageLinkOpensThisVisit() {
    String url = describe(OFFICE, "", NEW_YORK).manageUrl();
    String token = url.substring(url.indexOf("?token=") + 7);

    assertThat(url).startsWith(Samples.SITE_URL + "/#/manage/appt-1?token=");
    assertThat(tokens.managed(token)).contains(new ManageToken.Proof("appt-1", 0));
  }

  @Test
  void thePracticeMayKeepTheClinicianOut() {
    Practice discreet =
        PracticeReader.read(
            Samples.practiceJson()
                .replace("\"practitionerName\": true", "\"practitionerName\": false"));

    assertThat(describe(discreet, OFFICE, "", NEW_YORK).clinician()).isEmpty();
  }

  private Visit describe(String kind, String link, Optional<String> zone) {
    return describe(Samples.practice(), kind, link, zone);
  }

  private Visit describe(Practice practice, String kind, String link, Optional<String> zone) {
    Instant start = Instant.parse("2026-02-03T22:30:00Z");
    Appointment appointment =
        new Appointment(
            "Appointment",
            "appt-1",
            link.isEmpty() ? null : List.of(Appointment.Endpoint.meeting(link)),
            null,
            "proposed",
            CodeableConcept.of(new Coding("http://snomed.info/sct", kind, null)),
            null,
            null,
            List.of(Reference.to("Location", HARBOR)),
            start.toString(),
            start.plusSeconds(1800).toString(),
            List.of(
                Appointment.Participant.accepted(
                    Reference.to("Practitioner", "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11"))));
    return ReadVisitState.describe(
        "appt-1",
        appointment,
        Interval.of(start, Duration.ofMinutes(30)),
        zone,
        practice,
        new ManageLink(Samples.SITE_URL + "/", Samples.PUBLIC_URL, tokens, generations, 1));
  }
}
