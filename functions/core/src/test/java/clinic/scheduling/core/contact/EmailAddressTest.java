package clinic.scheduling.core.contact;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Phi;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  private static final String LONGEST_MAILBOX = "m".repeat(64);
  private static final String LABEL = "d".repeat(63);

  /** An address of 64 + 1 + 189 characters. */
  private static final String LONGEST =
      LONGEST_MAILBOX + "@" + String.join(".", LABEL, LABEL, "d".repeat(61 - 8) + ".example");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pat@example.invalid",
        "PAT@Example.Invalid",
        "pat+visits@mail.example.co.uk",
        "o'brien_{x}~1@example.invalid",
        "p@x1.example",
        "pat@1and1.example",
        "pat@xn--bcher-kva.example",
        "pat@example.xn--p1ai"
      })
  void anAddressThatCanBeWrittenToStaysAsItIs(String address) {
    assertThat(read(address)).contains(address);
  }

  @Test
  void theLongestOnesAreRead() {
    assertThat(LONGEST).hasSize(254);
    assertThat(read(LONGEST)).contains(LONGEST);
    assertThat(read("m" + LONGEST)).isEmpty();
    assertThat(read(LONGEST.replaceFirst("@", "@d"))).isEmpty();
    assertThat(read(LONGEST_MAILBOX + "@example.invalid")).isPresent();
    assertThat(read(LONGEST_MAILBOX + "m@example.invalid")).isEmpty();
    assertThat(read("pat@" + LABEL + ".example")).isPresent();
    assertThat(read("pat@" + LABEL + "d.example")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pasted")
  void whatCannotBeSeenIsTakenAway(String written, String expected) {
    assertThat(read(written)).contains(expected);
  }

  static Stream<String[]> pasted() {
    return Stream.of(
        new String[] {"  pat@example.invalid\t", "pat@example.invalid"},
        new String[] {"\u00a0pat@example.invalid\u3000", "pat@example.invalid"},
        new String[] {"\u202apat@example.invalid\u202c", "pat@example.invalid"},
        new String[] {"pat\u200b@example.inv\u00adalid\ufeff", "pat@example.invalid"},
        new String[] {"\r\n\u200e\tpat@example.invalid \n", "pat@example.invalid"},
        new String[] {"p\u200dat@exa\u200cmple.invalid", "pat@example.invalid"},
        new String[] {"mailto:pat@example.invalid", "pat@example.invalid"},
        new String[] {"MAILTO:pat@example.invalid", "pat@example.invalid"},
        new String[] {"pat@b\u00fccher.example", "pat@xn--bcher-kva.example"},
        new String[] {"pat@bu\u0308cher.example", "pat@xn--bcher-kva.example"},
        new String[] {"pat@B\u00dcCHER.example", "pat@xn--bcher-kva.example"});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "@",
        "pat",
        "pat@",
        "@example.invalid",
        "pat@host",
        "pat@host.",
        "pat@example.invalid.",
        "pat@.invalid",
        "pat@example..invalid",
        "pat@-example.invalid",
        "pat@example-.invalid",
        "pat@exa_mple.invalid",
        "pat@exa mple.invalid",
        "pat@example.1",
        "pat@127.0.0.1",
        "pat@[127.0.0.1]",
        "pat@[IPv6:2001:db8::1]",
        "jos\u00e9@example.invalid",
        "\u0430@example.invalid",
        "\uff50at@example.invalid",
        "pat\uff20example.invalid",
        "a..b@example.invalid",
        ".a@example.invalid",
        "a.@example.invalid",
        "a b@example.invalid",
        "a,b@example.invalid",
        "a@b@example.invalid",
        "\"a b\"@example.invalid",
        "\"a\"@example.invalid",
        "a(b)@example.invalid",
        "Pat <pat@example.invalid>",
        "pat@example.invalid, pam@example.invalid",
        "pat@example.invalid;pam@example.invalid",
        "group:pat@example.invalid;",
        "pat@example.invalid?subject=x",
        "pat@example.invalid\r\nBcc: pam@example.invalid",
        "pat@example.invalid\nwork",
        "pat@example.invalid\twork",
        "pat@exam\r\nple.invalid",
        "pat\u0000@example.invalid",
        "pat@example.invalid\u200b\n\u200bwork",
        // IDNA 2003 and IDNA 2008 turn these into different domains, so we refuse them.
        "pat@stra\u00dfe.example",
        "pat@\u03b2\u03bf\u03bb\u03bf\u03c2.example",
        "pat@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example"
      })
  void whatCannotBeWrittenToIsNone(String written) {
    assertThat(read(written)).isEmpty();
  }

  @Test
  void aTextWithoutEndIsNone() {
    assertThat(read("a".repeat(1_000_000))).isEmpty();
    assertThat(read("\u200b".repeat(2_000) + "pat@example.invalid")).isEmpty();
  }

  private static Optional<String> read(String text) {
    return EmailAddress.parse(text).map(EmailAddress::value).map(Phi::value);
  }
}
