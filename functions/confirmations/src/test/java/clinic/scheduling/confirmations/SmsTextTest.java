package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.practice.Practice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {
  private static final Words EN = Samples.words("en");
  private final Practice practice = Samples.practice();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOKED    | Harbor Health: you are booked for Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. HELP for help, STOP to opt out.
          MOVED     | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. HELP for help, STOP to opt out.
          CANCELLED | Harbor Health: your visit on Tue Feb 3, 2:30 PM PST is cancelled. To book again call (555) 555-0100. HELP for help, STOP to opt out.
          """)
  void aChangeIsToldInOnePart(Kind kind, String expected) {
    assertThat(SmsText.of(kind, Samples.visit(), practice, EN)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T09:30:00Z, 'Sun Mar 8, 1:30 AM PST'",
    "2026-03-08T10:30:00Z, 'Sun Mar 8, 3:30 AM PDT'",
    "2026-11-01T08:30:00Z, 'Sun Nov 1, 1:30 AM PDT'",
    "2026-11-01T09:30:00Z, 'Sun Nov 1, 1:30 AM PST'",
    "2026-12-31T20:00:00Z, 'Thu Dec 31, 12:00 PM PST'",
    "2027-01-01T08:00:00Z, 'Fri Jan 1, 12:00 AM PST'"
  })
  void theTimeCarriesItsZoneAcrossDaylightSaving(String start, String expected) {
    Visit visit = Samples.visit(start, Samples.AT_HARBOR);

    assertThat(SmsText.of(Kind.BOOKED, visit, practice, EN)).contains(expected);
  }

  @Test
  void aShortLinkIsGivenWhereItFits() {
    Visit visit = Samples.visit();
    Visit linked =
        new Visit(
            visit.time(),
            visit.zone(),
            visit.meeting(),
            visit.clinician(),
            "https://h.example.invalid/m");

    assertThat(SmsText.of(Kind.MOVED, linked, practice, EN))
        .contains("Details: https://h.example.invalid/m ")
        .hasSizeLessThanOrEqualTo(160);
    assertThat(SmsText.of(Kind.CANCELLED, linked, practice, EN)).doesNotContain("https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A clinic whose name goes on and on until nobody reads it to the end of the first line",
        "Cl\u00ednica \u201cSan Jos\u00e9\u201d \u2013 Medicina de Familia",
        "{[~^|~]} {[~^|~]} {[~^|~]} {[~^|~]} {[~^|~]} {[~^|~]} {[~^|~]} {[~^|~]}"
      })
  void aLongOrTypographicNameOfTheClinicStillFitsOnePart(String name) {
    String json = name.replace("\"", "'");

    for (Kind kind : Kind.values()) {
      String text = SmsText.of(kind, Samples.visit(), Samples.practiceNamed(json), EN);
      assertThat(Gsm7.fitsOnePart(text)).as(text).isTrue();
      assertThat(text).contains("Tue Feb 3, 2:30 PM PST").endsWith("STOP to opt out.");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anotherScriptIsSentWholeRatherThanMutilated(Kind kind) {
    String text =
        SmsText.of(kind, Samples.visit(), Samples.practiceNamed("\u6e2f\u8a3a\u7642\u6240"), EN);

    assertThat(text).startsWith("\u6e2f\u8a3a\u7642\u6240: ").endsWith("STOP to opt out.");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nothingIsSaidOfWhoIsSeenWhereAndWhy(Kind kind) {
    assertThat(SmsText.of(kind, Samples.visit(), practice, EN))
        .doesNotContainIgnoringCase("Ingrid", "Pier", "office", "family", "follow");
  }
}
