package clinic.scheduling.calendars.entry;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import org.junit.jupiter.api.Test;

/** A calendar shows what its policy allows, and not a word more. */
public class EntryTextTest {
  private static final Visit VISIT = SampleVisits.with(AppointmentStatus.BOOKED);

  @Test
  void busyShowsABlockAndALink() {
    CalendarEntry entry = entry(Policy.BUSY, true);

    assertThat(entry.subject().value()).isEqualTo("Busy");
    assertThat(entry.details().value())
        .isEqualTo("Canvas: https://canvas.example.invalid/patient/1");
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
    return EntryText.of(
        VISIT, SampleVisits.HALF_PAST, SampleVisits.binding(Provider.OUTLOOK, policy, baa));
  }
}
