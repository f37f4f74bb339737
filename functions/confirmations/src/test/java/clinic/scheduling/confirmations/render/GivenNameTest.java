package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail greets with a name, and repeats nothing else that somebody typed in its place. */
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
        "Minh Khai",
        "Th\u1ecb Minh Khai",
        "Jean-Luc",
        "Mary Ann Lou",
        "Mar\u00eda de la Luz",
        "Mar\u00eda de los \u00c1ngeles",
        "Juan Jos\u00e9 del Carmen",
        "Abd al Rahman",
        "MARY ANN",
        "pat",
        "Ji-hye",
        "d'Arcy",
        "Ka\u02bbahumanu",
        "Marie-Fran\u00e7oise",
        "\u0410\u043d\u043d\u0430 \u041c\u0430\u0440\u0438\u044f",
        "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
        "\u30af\u30ea\u30b9\u30c8\u30d5\u30a1\u30fc",
        "\u590f\u5b50",
        "X\u00c6A"
      })
  void isRepeated(String name) {
    assertThat(PlainText.givenName(name)).isEqualTo(name);
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
        "Your account is locked",
        "Your Account Is Locked",
        "Call me now please",
        "Call me now",
        "Your account",
        "call me",
        "de la del",
        "de la Luz",
        "Mar\u00eda de",
        "Pay de la los las Luz",
        "Mary Ann Lou Sue",
        "Your-Account-Is-Locked",
        "Call-Me Right Now",
        "Your'account'is'locked",
        "\u0412\u0430\u0448 \u0441\u0447\u0451\u0442",
        "\u0627\u062a\u0635\u0644 \u0628\u064a \u0627\u0644\u0622\u0646 \u0641\u0648\u0631\u0627",
        "\u60a8\u7684\u8d26\u6237\u5df2\u88ab\u9501\u5b9a",
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
    assertThat(PlainText.givenName(text)).isEmpty();
  }
}
