package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail greets by a name and by nothing else that somebody typed into its place. */
class GivenNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Pat",
        "Mary Ann",
        "Jos\u00e9",
        "O\u2019Neil",
        "D'Arcy",
        "Anne-Marie",
        "J.",
        "Mary J.",
        "Mar\u00eda del Carmen",
        "\u674e",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u064a\u0645",
        "\u0928\u093f\u0916\u093f\u0932",
        "Nguy\u1ec5n",
        "X\u00c6A"
      })
  void isRepeated(String name) {
    assertThat(GivenName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.com",
        "www.evil.com/x",
        "https://evil.example",
        "Go to evil.com",
        "evil .com",
        "pay@evil.example",
        "Call 555 0100",
        "Pat2",
        "R2D2",
        "Pat\nYour account is locked",
        "Pat\u2028Second",
        "Pat\tX",
        "You won a prize today dear",
        "Hello: click",
        "Pat!",
        "Win $",
        "<b>Pat</b>",
        "Pat (call us)",
        "bit,ly",
        "evil\u3002com",
        "evil\uff0ecom",
        "\uff48\uff54\uff54\uff50\uff1a\uff0f\uff0fx",
        "a\u0301\u0327\u0323\u0301\u0327",
        "\ud83d\ude00",
        "\u202e",
        "Abcdefghijabcdefghijabcdefghijabcdefghijx"
      })
  void isNotRepeated(String text) {
    assertThat(GivenName.of(text)).isEmpty();
  }
}
