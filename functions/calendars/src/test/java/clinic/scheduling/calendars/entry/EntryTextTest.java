package clinic.scheduling.calendars.entry;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A calendar shows what its policy allows, and not a word more. */
public class EntryTextTest {
  private static final Visit VISIT = SampleVisits.with(AppointmentStatus.BOOKED);

  @Test
  void busyShowsABlockAndTheSchedule() {
    CalendarEntry entry = entry(Policy.BUSY, true);

    assertThat(entry.subject().value()).isEqualTo("Busy");
    assertThat(entry.details().value())
        .isEqualTo("Canvas: https://canvas.example.invalid/schedule/day");
    assertThat(String.join("|", entry.parts()))
        .doesNotContain("Ada", "A.F.", "5555550", "knee", "Way");
  }

  @Test
  void initialsShowNoName() {
    CalendarEntry entry = entry(Policy.INITIALS, true);

    assertThat(entry.subject().value()).isEqualTo("A.F. · Office visit");
    assertThat(entry.personal()).isTrue();
    assertThat(String.join("|", entry.parts())).doesNotContain("Ada", "5555550", "knee", "Way");
  }

  @ParameterizedTest
  @CsvSource({"BUSY,true", "BUSY,false", "INITIALS,true", "INITIALS,false", "FULL,false"})
  void nothingLeadsToOnePatientUnlessTheEntrySaysWhoComes(Policy policy, boolean baa) {
    assertThat(String.join("|", entry(policy, baa).parts()))
        .contains("https://canvas.example.invalid/schedule/day")
        .doesNotContain("/patient/", SampleVisits.ROOT);
  }

  @Test
  void onlyAFullEntryLeadsToTheChart() {
    assertThat(entry(Policy.FULL, true).details().value())
        .contains("Canvas: https://canvas.example.invalid/patient/1");
  }

  @ParameterizedTest
  @CsvSource({
    "see http://evil.example/a, see http: / /evil. example/a",
    "HTTPS://EVIL.EXAMPLE, HTTPS: / /EVIL. EXAMPLE",
    "www.evil.com/x?y=1, www. evil. com/x?y=1",
    "evil.com, evil. com",
    "evil\u3002com or evil\uff0ecom, evil\u3002 com or evil\uff0e com",
    "evil.\u200bcom, evil. com",
    "ev\u202eil.com, evil. com",
    "evil.\u200dcom, evil. \u200dcom",
    "163.com/a, 163. com/a",
    "localhost:8080/a, localhost: 8080/a",
    "1.2.3.4.evil, 1.2.3.4. evil",
    "a@b.example, a@b. example",
    "mailto:a@b, mailto: a@b",
    "javascript:alert(1), javascript: alert(1)",
    "'\\\\evil\\share', '\\ \\evil\\share'",
    "//evil/x, / /evil/x",
    "fever of 38.5 since 9:30, fever of 38.5 since 9:30",
    "Dr. Who said so. Since 10.11.2026, Dr. Who said so. Since 10.11.2026",
    "b.i.d., b. i. d.",
    "left/right knee, left/right knee"
  })
  void whatAStrangerTypedBecomesNoLink(String typed, String shown) {
    Phi<String> said = Phi.of(typed);
    HomeAddress home = new HomeAddress(typed, typed, typed, typed);
    Person stranger =
        new Person(said, said, Optional.of(said), Optional.of(said), Optional.of(Phi.of(home)));

    CalendarEntry entry = entry(SampleVisits.of(stranger), Policy.FULL, true);

    assertThat(entry.subject().value()).startsWith(shown + " · ");
    assertThat(entry.details().value())
        .contains("Reason: " + shown + "\n", "Phone: " + shown + "\n");
    assertThat(entry.place().value()).startsWith(shown + ", ");
    assertThat(entry.home().value()).isEqualTo(new HomeAddress(shown, shown, shown, shown));
  }

  @Test
  void theFormIsRaisedWheneverTheSameVisitIsWrittenInAnotherWay() {
    String all =
        Stream.of(entry(Policy.BUSY, true), entry(Policy.INITIALS, true), entry(Policy.FULL, true))
            .map(entry -> String.join("\n", entry.parts()))
            .collect(Collectors.joining("\n"));

    assertThat(CalendarEntry.FORM + " " + Digest.of(all).substring(0, 12))
        .as("raise CalendarEntry.FORM too, or what stands far ahead is not rewritten")
        .isEqualTo("2 175e40c0f048");
  }

  @Test
  void fullShowsNameReasonPhoneAndWhereToGo() {
    CalendarEntry entry = entry(Policy.FULL, true);

    assertThat(entry.subject().value()).isEqualTo("Ada Fixture · Office visit");
    assertThat(entry.details().value()).contains("sore knee", "+15555550123", "meet.example");
    assertThat(entry.place().value()).isEqualTo("7 Test Way, Harborview, CA 90000");
    assertThat(entry.home().value().city()).isEqualTo("Harborview");
  }

  @Test
  void withoutAnAgreementInitialsAreTheMost() {
    assertThat(entry(Policy.FULL, false)).isEqualTo(entry(Policy.INITIALS, true));
  }

  @Test
  void anEntryWrittenToALogShowsNothing() {
    assertThat(entry(Policy.FULL, true).toString()).doesNotContain("Ada", "5555550", "knee", "Way");
  }

  private static CalendarEntry entry(Policy policy, boolean baa) {
    return entry(VISIT, policy, baa);
  }

  private static CalendarEntry entry(Visit visit, Policy policy, boolean baa) {
    return EntryText.of(
        visit, SampleVisits.HALF_PAST, SampleVisits.binding(Provider.OUTLOOK, policy, baa));
  }
}
