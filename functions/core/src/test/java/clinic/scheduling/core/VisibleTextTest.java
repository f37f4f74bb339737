package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invisible characters are removed, except those that a script needs. */
class VisibleTextTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0xad, 0x34f, 0x61c, 0x115f, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a,
        0x202e, 0x2060, 0x2066, 0x2069, 0x3164, 0xfe0f, 0xfeff, 0xffa0, 0xe0001, 0xe0041, 0xe0100
      })
  void afterALatinLetterNothingInvisibleStays(int invisible) {
    String sign = Character.toString(invisible);

    assertThat(VisibleText.of(sign + "O" + sign + sign + "'Brien" + sign)).isEqualTo("O'Brien");
    assertThat(VisibleText.isVisible(sign + " " + sign)).isFalse();
  }

  @Test
  void noFormatCharacterAtAllStaysBetweenLatinLetters() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(one -> Character.getType(one) == Character.FORMAT)
                .filter(one -> !VisibleText.of("a" + Character.toString(one) + "b").equals("ab")))
        .isEmpty();
  }

  /**
   * Words in Persian, Hindi and Malayalam (in an older spelling), and a Japanese name in one of its
   * forms.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "\u0936\u0930\u094d\u200d\u092e\u093e",
        "\u0d1c\u0d4b\u0d23\u0d4d\u200d",
        "\u845b\udb40\udd00\u57ce"
      })
  void whatAScriptNeedsStays(String name) {
    assertThat(VisibleText.of(name)).isEqualTo(name);
    assertThat(VisibleText.of("\u202b" + name + "\u202c")).isEqualTo(name);
    assertThat(VisibleText.withoutInvisible(name)).hasSizeLessThan(name.length());
  }

  @Test
  void aJoinerIsOneAndStandsAfterALetter() {
    assertThat(VisibleText.of("\u200d\u0639\u200c\u200c\u0644 \u200c"))
        .isEqualTo("\u0639\u200c\u0644");
  }

  @Test
  void aLineHasSingleSpaces() {
    assertThat(VisibleText.line("\u00a0Mary\u2028 \u3000Ann\t")).isEqualTo("Mary Ann");
    assertThat(VisibleText.of("one\n\u202etwo\tthree")).isEqualTo("one\ntwo\tthree");
  }
}
