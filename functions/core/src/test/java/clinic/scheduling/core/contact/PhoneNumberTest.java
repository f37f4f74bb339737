package clinic.scheduling.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Phi;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @CsvSource({
    "+12065550100, +12065550100",
    "2065550100, +12065550100",
    "12065550100, +12065550100",
    "(206) 555-0100, +12065550100",
    "206.555.0100, +12065550100",
    "1-206-555-0100, +12065550100",
    "+1 206 555 0100, +12065550100",
    // These numbers are reserved for fiction, or have an area code that nobody uses.
    "+15555550100, +15555550100",
    "(555) 555-0199, +15555550199",
    "5550100123, +15550100123",
    // These are links, as contact apps and web pages contain them.
    "tel:+1-206-555-0100, +12065550100",
    "TEL:(206) 555-0100, +12065550100",
    "tel:206-555-0100;phone-context=+1, +12065550100",
    // These are numbers abroad. Some contain the zero that is dialled only within the country.
    "+44 (0)20 7946 0958, +442079460958",
    "+4402079460958, +442079460958",
    "0044 20 7946 0958, +442079460958",
    "011 44 20 7946 0958, +442079460958",
    "+39 06 1234567, +39061234567",
    "+49 30 123456, +4930123456"
  })
  void aNumberIsReadAsE164(String written, String expected) {
    assertThat(read(written)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202a+12065550100\u202c",
        "\u2068(206) 555-0100\u2069",
        "\u200e206\u200b555\u00ad0100\ufeff",
        "\u00a0206\u00a0555\u00a00100\u3000",
        "206\u2011555\u20130100",
        "\uff0b\uff11 \uff12\uff10\uff16 \uff15\uff15\uff15 \uff10\uff11\uff10\uff10",
        "\u0662\u0660\u0666\u0665\u0665\u0665\u0660\u0661\u0660\u0660",
        "\t206 555 0100\n",
        "\r\n \u200e\t206 555 0100\u2028"
      })
  void whatCannotBeSeenAndOtherDigitsDoNotMatter(String written) {
    assertThat(read(written)).contains("+12065550100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "tel:",
        "911",
        "5550100",
        "206555010",
        "20655501000",
        "+1206555010",
        "+120655501000",
        "+0123456789",
        "0065550100",
        "0125550100",
        "+10125550100",
        "1125550100",
        "+999123456789",
        "+1234567890123456",
        "ask him",
        "1-800-FLOWERS",
        "2065550100 (mom)",
        "+12065550100;ext=12",
        "tel:+12065550100;ext=12",
        "206-555-0100 x12",
        "206-555-0100 ext. 12",
        "206-555-0100 #12",
        "206-555-0100 or 206-555-0101",
        "555-0100\n555",
        "206-555\n0100",
        "206\t5550100",
        "206-555-0100\r\n7",
        "206-555-0100\u200b\n\u200b7",
        "206-555\u20280100"
      })
  void whatNoTextReachesIsNone(String written) {
    assertThat(read(written)).isEmpty();
  }

  @Test
  void theCountryIsKnown() {
    assertThat(PhoneNumber.parse("2065550100").orElseThrow().countryCode()).isEqualTo(1);
    assertThat(PhoneNumber.parse("+442079460958").orElseThrow().countryCode()).isEqualTo(44);
    assertThat(PhoneNumber.parse("+3912345678").orElseThrow().countryCode()).isEqualTo(39);
  }

  @Test
  void noTextFormShowsIt() {
    assertThat(PhoneNumber.parse("2065550100").orElseThrow().toString())
        .doesNotContain("2065550100");
    assertThat(EmailAddress.parse("pat@example.invalid").orElseThrow().toString())
        .doesNotContain("pat");
  }

  @Test
  void aTextWithoutEndIsNone() {
    assertThat(read("2".repeat(1_000_000))).isEmpty();
  }

  private static Optional<String> read(String text) {
    return PhoneNumber.parse(text).map(PhoneNumber::e164).map(Phi::value);
  }
}
