package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.Strict;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.practice.Practice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {
  private static final Translation EN = Samples.words("en");
  private final Practice practice = Samples.practice();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOKED    | Harbor Health: you are booked for Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. Details: https://book.example.invalid/m/7xKq2mVb9TzRd STOP to opt out.
          MOVED     | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. Details: https://book.example.invalid/m/7xKq2mVb9TzRd STOP to opt out.
          CANCELLED | Harbor Health: your visit on Tue Feb 3, 2:30 PM PST is cancelled. To book again call (555) 555-0100. HELP for help, STOP to opt out.
          """)
  void aChangeIsToldInOnePart(MessageKind kind, String expected) {
    assertThat(text(kind, Samples.SHORT, practice)).isEqualTo(expected);
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

    assertThat(SmsText.of(MessageKind.BOOKED, visit, Samples.SHORT, practice, EN))
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. Details: LINK HELP for help, STOP to opt out.
          31 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. Details: LINK STOP to opt out.
          45 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. Details: LINK STOP to opt out.
          46 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. LINK STOP to opt out.
          54 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. Questions? Call (555) 555-0100. LINK STOP to opt out.
          55 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. LINK STOP to opt out.
          86 | Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. LINK STOP to opt out.
          """)
  void whatIsOfLeastUseGivesWayToTheLink(int length, String expected) {
    assertThat(text(MessageKind.MOVED, link(length), practice))
        .isEqualTo(expected.replace("LINK", link(length)))
        .hasSizeLessThanOrEqualTo(160);
  }

  @Test
  void thereAreTwoPartsOnlyWhereTheLeastDoesNotFitOne() {
    assertThat(text(MessageKind.MOVED, link(87), practice))
        .hasSizeBetween(161, 306)
        .contains("Harbor Health: ", "Questions? Call", "Details: " + link(87), "HELP for help");
    assertThat(text(MessageKind.MOVED, link(260), practice))
        .isEqualTo(
            "Harbor Health: your visit is now Tue Feb 3, 2:30 PM PST. "
                + link(260)
                + " STOP to opt out.");
  }

  @Test
  void theNameOfTheClinicIsShortenedBeforeASecondPartIsPaidFor() {
    Practice longName = Samples.practiceNamed("Harbor Health Family Practice");

    assertThat(text(MessageKind.MOVED, link(80), longName))
        .hasSizeLessThanOrEqualTo(160)
        .startsWith("Harbor Health Fa...: your visit is now ")
        .contains(link(80));
  }

  @Test
  void whoIsAskedToConfirmIsToldHowHoweverLongTheLink() {
    Practice replies = Strict.practice();

    for (int length = 20; length < 200; length++) {
      assertThat(text(MessageKind.CONFIRM, link(length), practice))
          .containsPattern("onfirm.*555-0100");
      assertThat(text(MessageKind.CONFIRM, link(length), replies)).contains("Reply C to confirm");
    }
    assertThat(text(MessageKind.CONFIRM, Samples.SHORT, practice))
        .contains("To confirm call (555)");
    assertThat(text(MessageKind.CONFIRM, link(52), practice))
        .contains(" Confirm: (555)")
        .hasSize(160);
  }

  @Test
  void aVisitThatIsOffIsToldWithoutALink() {
    assertThat(text(MessageKind.CANCELLED, Samples.SHORT, practice)).doesNotContain("https://");
    assertThat(text(MessageKind.CANCELLED_BY_PATIENT, "", practice)).doesNotContain("https://");
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

    for (MessageKind kind : MessageKind.values()) {
      String text = text(kind, link(36), Samples.practiceNamed(json));
      assertThat(Gsm7.fits(text, 1)).as(text).isTrue();
      assertThat(text).contains("Tue Feb 3, 2:30 PM PST").endsWith("STOP to opt out.");
    }
  }

  @ParameterizedTest
  @EnumSource(MessageKind.class)
  void anotherScriptIsSentWholeRatherThanMutilated(MessageKind kind) {
    String text = text(kind, Samples.SHORT, Samples.practiceNamed("\u6e2f\u8a3a\u7642\u6240"));

    assertThat(text).startsWith("\u6e2f\u8a3a\u7642\u6240: ").endsWith("STOP to opt out.");
  }

  @ParameterizedTest
  @EnumSource(MessageKind.class)
  void nothingIsSaidOfWhoIsSeenWhereAndWhy(MessageKind kind) {
    assertThat(text(kind, Samples.SHORT, practice))
        .doesNotContainIgnoringCase("Ingrid", "Pier", "office", "family", "follow");
  }

  private static String text(MessageKind kind, String link, Practice practice) {
    return SmsText.of(kind, Samples.visit(), link, practice, EN);
  }

  private static String link(int length) {
    return "https://" + "x".repeat(length - "https://".length());
  }
}
