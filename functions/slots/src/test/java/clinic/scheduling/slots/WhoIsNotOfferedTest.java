package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/**
 * A licence counts if it is readable, is for the right state, and is valid at the time of the
 * visit.
 */
@QuarkusTest
class WhoIsNotOfferedTest extends FindSlotsCase {
  private static final String CONSULT =
      "visit=consult&limit=200&duration=60&from=2026-12-29&to=2027-01-08";

  @Test
  void everyKindOfMissingLicenceHasItsReason() {
    Answer answer = slots(CONSULT + "&state=CA");

    assertThat(answer.practitioners()).containsExactly("gil");
    assertThat(answer.unavailable())
        .containsExactlyInAnyOrder(
            "lena licence-expired",
            "fia licence-not-yet-valid",
            "wes not-licensed",
            "mia licence-missing",
            "una licence-unreadable",
            "nobody no-schedule");
  }

  @Test
  void aLicenceThatEndsInTheMiddleOfTheWindowCutsTheWindowThere() {
    Answer answer = slots(CONSULT + "&state=CA");

    assertThat(answer.starts()).last().isEqualTo("2027-01-05T16:00:00-08:00");
    assertThat(answer.starts()).hasSize(6 * 8); // six working days, eight hours each
  }

  @Test
  void aLicenceThatBeginsInTheMiddleOfTheWindowOpensItThere() {
    at("2027-05-20T12:00:00Z");

    Answer answer =
        slots("visit=consult&duration=60&from=2027-05-28&to=2027-06-02&state=CA&practitioner=fia");

    assertThat(answer.starts()).first().isEqualTo("2027-06-01T09:00:00-07:00");
    assertThat(answer.unavailable()).isEmpty();
  }

  @Test
  void withoutAStateALicenceAnywhereWillDo() {
    Answer answer = slots(CONSULT);

    assertThat(answer.practitioners()).containsExactlyInAnyOrder("gil", "wes");
    assertThat(answer.unavailable())
        .contains("lena licence-expired", "una licence-unreadable", "mia licence-missing");
  }

  @Test
  void oneLicenceThatCannotBeReadDoesNotSpoilAnother() {
    at("2026-12-28T13:00:00Z"); // the cached directory has expired
    sandbox.canvas().faults().add(Fault.once(Kind.MALFORMED_ENTRY, "GET", "/Practitioner"));

    Answer answer = slots("visit=video&from=2026-12-29&to=2026-12-29&state=OR");

    // Ingrid's licence for California cannot be read, but the one for Oregon can.
    assertThat(answer.practitioners()).containsExactly(INGRID);
  }

  @Test
  void aSpecialtyMayStandInCanvasAsATaxonomyEntry() {
    Answer answer = slots(CONSULT + "&specialty=dermatology");

    assertThat(answer.practitioners()).containsExactly("gil");
    assertThat(answer.unavailable()).isEmpty();
    assertThat(get("/catalog", "").body().path("practitioners").toString())
        .contains("\"id\":\"gil\",\"name\":\"gil\",\"specialties\":[\"dermatology\"]");
  }

  @Test
  void aClinicianIsOfferedForTheirOwnVisitTypesOnly() {
    assertThat(slots("visit=video&from=2026-12-29&to=2026-12-29").practitioners())
        .containsExactlyInAnyOrder(INGRID, OMAR);
    assertThat(slots(CONSULT + "&practitioner=" + INGRID).slots()).isEmpty();
  }
}
