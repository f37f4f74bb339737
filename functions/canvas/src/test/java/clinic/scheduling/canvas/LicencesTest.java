package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Practitioner.Issuer;
import clinic.scheduling.canvas.fhir.Practitioner.Kind;
import clinic.scheduling.canvas.fhir.Practitioner.Qualification;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only what is proven counts as a licence. */
class LicencesTest {
  private static final String STATE =
      "http://schemas.canvasmedical.com/fhir/extensions/issuing-authority-state";

  @Test
  void firstAndLastDayCount() {
    Licences licences = of("STATE", "CA", "2026-01-01", "2026-12-31");

    assertThat(licences.allow("CA", LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(licences.allow("CA", LocalDate.of(2026, 12, 31))).isTrue();
    assertThat(licences.allow("CA", LocalDate.of(2025, 12, 31))).isFalse();
    assertThat(licences.allow("CA", LocalDate.of(2027, 1, 1))).isFalse();
    assertThat(licences.allow("OR", LocalDate.of(2026, 6, 1))).isFalse();
  }

  @Test
  void theOlderWordForALicenceCountsToo() {
    assertThat(of("License", "CA", "2026-01-01", "2026-12-31").states(day())).containsExactly("CA");
  }

  @Test
  void whatIsMissingOrUnreadableIsNoLicence() {
    assertThat(of("DEA", "CA", "2026-01-01", "2026-12-31").states(day())).isEmpty();
    assertThat(of("STATE", null, "2026-01-01", "2026-12-31").states(day())).isEmpty();
    assertThat(of("STATE", "CA", null, "2026-12-31").states(day())).isEmpty();
    assertThat(of("STATE", "CA", "2026-01-01", null).states(day())).isEmpty();
    assertThat(of("STATE", "CA", "2026-01-01", "soon").states(day())).isEmpty();
    assertThat(of("STATE", "CA", "2026-01-01", "2026-99-99").states(day())).isEmpty();
  }

  private static LocalDate day() {
    return LocalDate.of(2026, 6, 1);
  }

  private static Licences of(String kind, String state, String start, String end) {
    Extension issuer = new Extension(STATE, state, null, null, null, null, null, null, null);
    Qualification one =
        new Qualification(
            null, new Kind(kind), new Period(start, end), new Issuer("BOARD", List.of(issuer)));
    return Licences.of(new Practitioner("p", true, null, null, List.of(one)), List.of());
  }
}
