package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LicencesCountTest extends FindSlotsCase {
  private static final String IN_2027 = "visit=video&from=2027-03-16&to=2027-03-17&limit=200";
  private static final String IN_2026 = "visit=video&from=2026-12-29&to=2026-12-30&limit=200";

  @Test
  void aClinicianWhoseLicenceHasLapsedIsNamedAndNotOffered() {
    at("2027-03-10T12:00:00Z");

    Answer answer = slots(IN_2027);

    assertThat(answer.practitioners()).containsExactly(INGRID);
    assertThat(answer.unavailable()).containsExactly(OMAR + " licence-expired");
  }

  @Test
  void theLastDayOfALicenceCountsInTheZoneOfThePlace() {
    Answer answer =
        slots("visit=video&from=2026-12-31&to=2027-01-01&limit=200&practitioner=" + OMAR);

    assertThat(answer.starts())
        .hasSize(24)
        .last()
        .isEqualTo("2026-12-31T16:40:00-08:00"); // in UTC, this is in 2027
    assertThat(answer.unavailable()).isEmpty();
  }

  @Test
  void onVideoThePatientsStateCounts() {
    Answer oregon = slots(IN_2026 + "&state=OR");
    Answer nevada = slots(IN_2026 + "&state=NV");

    assertThat(slots(IN_2026 + "&state=CA").practitioners())
        .containsExactlyInAnyOrder(INGRID, OMAR);
    assertThat(oregon.practitioners()).containsExactly(INGRID);
    assertThat(oregon.unavailable()).containsExactly(OMAR + " not-licensed");
    assertThat(nevada.slots()).isEmpty();
    assertThat(nevada.unavailable())
        .containsExactlyInAnyOrder(INGRID + " not-licensed", OMAR + " not-licensed");
  }

  @Test
  void withoutAStateAnyProvenLicenceWillDo() {
    assertThat(slots(IN_2026).practitioners()).containsExactlyInAnyOrder(INGRID, OMAR);
    assertThat(slots(IN_2026).unavailable()).isEmpty();
  }

  @Test
  void inPersonTheClinicsStateCounts() {
    String office = "visit=office&from=2026-12-29&to=2026-12-29";

    assertThat(slots(office + "&state=NV").starts()).isEqualTo(slots(office).starts());
  }
}
