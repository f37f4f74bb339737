package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.practice.Practice;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Characters outside the alphabet of text messages are replaced if the meaning stays. If the text
 * then still needs several parts, a warning at start says so.
 */
class Gsm7Test {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Harbor\u00a0Health       | Harbor Health
          Harbor\u202fHealth       | Harbor Health
          Harbor\u2009Health       | Harbor Health
          Harbor\u3000Health       | Harbor Health
          Harbor\u1680Health       | Harbor Health
          Harbor Health\u2122      | Harbor Health(TM)
          Harbor\u00ae             | Harbor(R)
          O\u2019Brien \u201cA\u201d \u00abB\u00bb \u2018C\u2019 | O'Brien "A" "B" 'C'
          A\u2013B\u2014C\u2011D\u2212E\u2e3aF | A-B-C-D-E-F
          Wait\u2026               | Wait...
          Cl\u00ednica Jos\u00e9 \u00e7a | Clinica Jos\u00e9 ca
          \ufb01nance \uff21\uff22 | finance AB
          \u0141\u00f3d\u017a \u0110or\u0111e | Lodz Dorde
          \u0152uvre               | OEuvre
          1\u00bd \u2116 7         | 11/2 No 7
          \u20ac5 [ok]             | \u20ac5 [ok]
          """)
  void isFolded(String text, String expected) {
    assertThat(Gsm7.nearest(text)).isEqualTo(expected);
    assertThat(Gsm7.holds(Gsm7.nearest(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u6e2f\u8a3a", "Harbor \u2665", "\ud83d\ude00", "\u041c\u0438\u0440", "\u05e9"})
  void whatCannotBeFoldedStaysAsItIs(String text) {
    assertThat(Gsm7.nearest(text)).isEqualTo(text);
    assertThat(Gsm7.holds(text)).isFalse();
  }

  @Test
  void whatIsFoldedIsFoldedOnceForAll() {
    long seed = Long.getLong("seed", 20_261_130L);
    Random random = new Random(seed);
    int folded = 0;
    for (int round = 0; round < 20_000; round++) {
      int point = random.nextInt(0x30000);
      if (Character.isDefined(point) && !Character.isSurrogate((char) point)) {
        String text = Character.toString(point);
        String nearest = Gsm7.nearest(text);
        assertThat(Gsm7.nearest(nearest)).as("seed %s, U+%X", seed, point).isEqualTo(nearest);
        assertThat(nearest.equals(text) || Gsm7.holds(nearest)).as("U+%X", point).isTrue();
        folded += nearest.equals(text) ? 0 : 1;
      }
    }
    assertThat(folded).as("some were").isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Harbor\u00a0Health", "Harbor Health\u2122", "Harbor\u202f\u2013\u2009Health"})
  void aNameThatCanBeFoldedCostsNeitherPartsNorPhoneNorItsEnd(String name) {
    for (MessageKind kind : MessageKind.values()) {
      String text = text(kind, Samples.practiceNamed(name));
      assertThat(Gsm7.fits(text, 1)).as(text).isTrue();
      assertThat(text).isEqualTo(text(kind, Samples.practiceNamed(Gsm7.nearest(name))));
      assertThat(text).startsWith("Harbor").contains("Health", "STOP").doesNotContain("...");
    }
    assertThat(text(MessageKind.BOOKED, Samples.practiceNamed(name))).contains("(555) 555-0100");
    assertThat(text(MessageKind.CANCELLED, Samples.practiceNamed(name))).contains("HELP for help");
  }

  @Test
  void aNameThatCannotBeFoldedIsNotCutAndKeepsThePhone() {
    String text = text(MessageKind.BOOKED, Samples.practiceNamed("Harbor Health \u2665"));

    assertThat(text).startsWith("Harbor Health \u2665: ").contains("(555) 555-0100");
    assertThat(Gsm7.fitsWide(text, 3)).isTrue();
  }

  @Test
  void whatTakesPartsIsSaidAtStartWithAnExample() {
    try (LogLines log = new LogLines()) {
      Practice practice = Samples.practiceNamed("Harbor Health \u2665");
      new WarnOfLongTexts(
          practice, new Translations(practice), () -> URI.create("https://book.example.invalid"));

      assertThat(log.text())
          .contains(
              "sms-in-parts language=en not-in-the-alphabet=[U+2665] text='Harbor Health \u2665: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Harbor Health", "Harbor\u00a0Health\u2122"})
  void whatFitsIsNotSpokenOf(String name) {
    try (LogLines log = new LogLines()) {
      Practice practice = Samples.practiceNamed(name);
      new WarnOfLongTexts(
          practice, new Translations(practice), () -> URI.create("https://book.example.invalid"));

      assertThat(log.text()).doesNotContain("sms-in-parts");
    }
  }

  private static String text(MessageKind kind, Practice practice) {
    return SmsText.of(kind, Samples.visit(), Samples.SHORT, practice, Samples.words("en"));
  }
}
