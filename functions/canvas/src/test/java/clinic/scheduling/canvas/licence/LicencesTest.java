package clinic.scheduling.canvas.licence;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Practitioner.Issuer;
import clinic.scheduling.canvas.fhir.Practitioner.Kind;
import clinic.scheduling.canvas.fhir.Practitioner.Qualification;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Practitioner.Licence;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a readable licence counts. If there is none, the reason is named. */
class LicencesTest {
  private static final String STATE =
      "http://schemas.canvasmedical.com/fhir/extensions/issuing-authority-state";
  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final Optional<String> CA = Optional.of("CA");
  private static final Optional<String> ANYWHERE = Optional.empty();

  @Test
  void firstAndLastDayCount() {
    Licences licences = of(one("STATE", "CA", "2026-01-01", "2026-12-31"));

    assertThat(licences.allows("CA", LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(licences.allows("CA", LocalDate.of(2026, 12, 31))).isTrue();
    assertThat(licences.allows("CA", LocalDate.of(2025, 12, 31))).isFalse();
    assertThat(licences.allows("CA", LocalDate.of(2027, 1, 1))).isFalse();
    assertThat(licences.allows("OR", DAY)).isFalse();
  }

  @Test
  void theOlderWordForALicenceCountsToo() {
    assertThat(of(one("License", "CA", "2026-01-01", "2026-12-31")).states(DAY))
        .containsExactly("CA");
  }

  @Test
  void ofInstantsOnlyTheDaysThatAreWholeEverywhereCount() {
    Licences licences = of(one("STATE", "CA", "2026-01-01T00:00:00Z", "2027-01-01T08:00:00Z"));
    Licences later = of(one("STATE", "CA", "2026-01-01T00:00:01Z", "2027-01-01T12:00:00Z"));

    assertThat(licences.allows("CA", LocalDate.of(2026, 1, 1))).isTrue();
    assertThat(licences.allows("CA", LocalDate.of(2026, 12, 30))).isTrue();
    assertThat(licences.allows("CA", LocalDate.of(2026, 12, 31))).isFalse();
    assertThat(later.allows("CA", LocalDate.of(2026, 1, 1))).isFalse();
    assertThat(later.allows("CA", LocalDate.of(2026, 12, 31))).isTrue();
    assertThat(later.allows("CA", LocalDate.of(2027, 1, 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "CA,,2026-12-31",
    "CA,2026-01-01,",
    "CA,2026-01-01,soon",
    "CA,2026-01-01,2026-99-99",
    "CA,2026-01-01,2026-12",
    "CA,2026-01-01,2026-12-311",
    "CA,2026-01-01,2026-12-31 or so",
    "CA,2026-12-31,2026-01-01",
    "CA,2026-01-01,2026-12-31T99:99",
    "CA,2026-01-01,+999999999-12-31",
    "ca,2026-01-01,2026-12-31",
    "California,2026-01-01,2026-12-31",
    ",2026-01-01,2026-12-31"
  })
  void whatIsMissingOrUnreadableIsNoLicence(
      @Nullable String state, @Nullable String start, @Nullable String end) {
    Licences licences = of(one("STATE", state, start, end));

    assertThat(licences.states(DAY)).isEmpty();
    assertThat(licences.periods(ANYWHERE, PACIFIC)).isEmpty();
    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.UNREADABLE);
    assertThat(licences.gap(ANYWHERE, DAY)).isEqualTo(LicenceGap.UNREADABLE);
  }

  @Test
  void aLicenceIsValidFromMidnightToMidnightOfThePlace() {
    Licences licences = of(one("STATE", "CA", "2026-03-08", "2026-11-01"));

    assertThat(licences.periods(CA, PACIFIC))
        .containsExactly(between("2026-03-08T08:00:00Z", "2026-11-02T08:00:00Z"));
    assertThat(licences.periods(CA, ZoneId.of("Asia/Kolkata")))
        .containsExactly(between("2026-03-07T18:30:00Z", "2026-11-01T18:30:00Z"));
  }

  @Test
  void periodsAreThoseOfTheStateOrOfAny() {
    Licences licences =
        of(
            one("STATE", "CA", "2026-01-01", "2026-06-30"),
            one("STATE", "OR", "2026-01-01", "2026-12-31"),
            one("STATE", "CA", "2027-01-01", "2027-12-31"),
            one("DEA", "CA", "2020-01-01", "2030-12-31"));

    assertThat(licences.periods(CA, PACIFIC)).hasSize(2);
    assertThat(licences.periods(Optional.of("OR"), PACIFIC)).hasSize(1);
    assertThat(licences.periods(Optional.of("WA"), PACIFIC)).isEmpty();
    assertThat(licences.periods(ANYWHERE, PACIFIC)).hasSize(3);
  }

  @Test
  void whatThePracticeKnowsCountsBeside() {
    Licence known = new Licence("WA", LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
    Licences licences =
        Licences.of(practitioner(one("STATE", "CA", "2026-01-01", "2026-12-31")), List.of(known));

    assertThat(licences.states(DAY)).containsExactly("CA", "WA");
    assertThat(licences.periods(Optional.of("WA"), PACIFIC)).hasSize(1);
  }

  @Test
  void noneIsMissing() {
    assertThat(Licences.none().gap(ANYWHERE, DAY)).isEqualTo(LicenceGap.MISSING);
    assertThat(of().gap(CA, DAY)).isEqualTo(LicenceGap.MISSING);
    assertThat(of(one("DEA", "CA", "2026-01-01", "2026-12-31")).gap(CA, DAY))
        .isEqualTo(LicenceGap.MISSING);
    assertThat(of(one(null, "CA", "2026-01-01", "2026-12-31")).gap(CA, DAY))
        .isEqualTo(LicenceGap.MISSING);
  }

  @Test
  void oneThatEndedIsExpired() {
    Licences licences = of(one("STATE", "CA", "2024-01-01", "2026-05-31"));

    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.EXPIRED);
    assertThat(licences.gap(ANYWHERE, DAY)).isEqualTo(LicenceGap.EXPIRED);
  }

  @Test
  void oneThatBeginsLaterIsNotYetValid() {
    Licences licences = of(one("STATE", "CA", "2026-06-02", "2028-12-31"));

    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.NOT_YET_VALID);
    assertThat(licences.gap(ANYWHERE, DAY)).isEqualTo(LicenceGap.NOT_YET_VALID);
  }

  @Test
  void betweenTwoTheFirstHasExpired() {
    Licences licences =
        of(
            one("STATE", "CA", "2024-01-01", "2026-05-31"),
            one("STATE", "CA", "2026-07-01", "2028-12-31"));

    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.EXPIRED);
  }

  @Test
  void oneForAnotherStateIsElsewhere() {
    assertThat(of(one("STATE", "OR", "2026-01-01", "2026-12-31")).gap(CA, DAY))
        .isEqualTo(LicenceGap.ELSEWHERE);
  }

  @Test
  void oneThatCannotBeReadMightBeTheOneThatIsAskedFor() {
    Licences licences =
        of(one("STATE", "OR", "2026-01-01", "2026-12-31"), one("STATE", "CA", "2026-01-01", null));

    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.UNREADABLE);
    assertThat(licences.states(DAY)).containsExactly("OR");
  }

  @Test
  void aTaxonomyCountsOnItsDaysOnly() {
    Licences licences =
        of(
            taxonomy("207Q00000X", "2026-06-01", "2026-06-30"),
            taxonomy("207R00000X", "2026-01-01", "2026-05-31"),
            taxonomy("208000000X", "2026-06-02", "2026-12-31"),
            taxonomy("208D00000X", "2026-01-01", null),
            taxonomy(null, "2026-01-01", "2026-12-31"),
            one("STATE", "CA", "2026-01-01", "2026-12-31"));

    assertThat(licences.taxonomies(DAY)).containsExactly("207Q00000X");
    assertThat(licences.taxonomies(LocalDate.of(2026, 6, 30)))
        .containsExactly("207Q00000X", "208000000X");
  }

  @Test
  void aTaxonomyIsNoLicence() {
    Licences licences = of(taxonomy("207Q00000X", "2026-01-01", "2026-12-31"));

    assertThat(licences.states(DAY)).isEmpty();
    assertThat(licences.gap(CA, DAY)).isEqualTo(LicenceGap.MISSING);
  }

  private static Interval between(String start, String end) {
    return new Interval(Instant.parse(start), Instant.parse(end));
  }

  private static Qualification one(
      @Nullable String kind, @Nullable String state, @Nullable String start, @Nullable String end) {
    Extension issuer = new Extension(STATE, state, null, null, null, null, null, null, null);
    return new Qualification(
        null, new Kind(kind), new Period(start, end), new Issuer("BOARD", List.of(issuer)));
  }

  private static Qualification taxonomy(
      @Nullable String code, @Nullable String start, @Nullable String end) {
    return new Qualification(
        List.of(new Identifier(null, null, "urn:example:taxonomy", code, null, null)),
        new Kind("TAXONOMY"),
        new Period(start, end),
        null);
  }

  private static Licences of(Qualification... all) {
    return Licences.of(practitioner(all), List.of());
  }

  private static Practitioner practitioner(Qualification... all) {
    return new Practitioner("p", true, null, null, List.of(all));
  }
}
