package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.core.Phi;
import java.util.regex.Pattern;

/**
 * Changes text that a stranger has typed. Afterwards no calendar turns any part of the text into a
 * link. Calendars turn addresses into links, even in a title or a place, and clinicians trust what
 * is in their calendar. No text is removed: spaces break up the addresses, so {@code
 * http://a.example/b} becomes {@code http: / /a. example/b} ({@code
 * docs/decisions/0034-texts-in-calendars-are-plain-and-lead-nowhere.md}).
 */
final class LinkFreeText {
  /** The colon after a scheme, but not the colon in {@code at 9:30}. */
  private static final Pattern SCHEME = Pattern.compile("(?<=[\\p{L}\\p{M}]):(?=\\S)");

  /**
   * Characters that browsers read as a dot, some of them only after compatibility folding (NFKC).
   */
  private static final String DOT = "[.\\u2024\\u3002\\ufe12\\ufe52\\uff0e\\uff61]";

  /** Single characters that folding turns into several with a dot, such as {@code ⒈}. */
  private static final String WITH_DOT =
      "[\\u2025\\u2026\\u2488-\\u249b\\u33c2\\u33c7\\u33d8\\ufe19\\ufe30\\x{1f100}]";

  /** The first character of a label; browsers accept symbols, too. */
  private static final String LABEL = "[\\p{L}\\p{M}\\p{N}\\p{S}\\u200c\\u200d]";

  private static final String LABEL_BUT_DIGIT = "[\\p{L}\\p{M}\\p{N}\\p{S}\\u200c\\u200d&&\\P{Nd}]";

  /** The dots of a domain name, but not those in {@code 38.5} or {@code 10.11.2026}. */
  private static final Pattern DOTS =
      Pattern.compile(
          ("(?<!\\p{Nd})%1$s(?=%3$s)|(?<=\\p{Nd})%1$s(?=%4$s)|%2$s(?=%3$s)")
              .formatted(DOT, WITH_DOT, LABEL, LABEL_BUT_DIGIT));

  /** An IP address has four numbers; a date has three. */
  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(?<!\\p{Nd})\\p{Nd}{1,3}(?:%s\\p{Nd}{1,3}){3}(?!\\p{Nd})".formatted(DOT));

  private static final Pattern DOUBLE_SLASH = Pattern.compile("[/\\\\](?=[/\\\\])");

  private LinkFreeText() {}

  static Phi<String> of(Phi<String> typed) {
    return Phi.of(text(typed.value()));
  }

  static HomeAddress of(HomeAddress home) {
    return new HomeAddress(
        text(home.street()), text(home.city()), text(home.state()), text(home.postalCode()));
  }

  private static String text(String typed) {
    String plain = PlainText.lines(typed, Integer.MAX_VALUE);
    String withoutSchemes = SCHEME.matcher(plain).replaceAll(": ");
    String withoutIpAddresses =
        FOUR_NUMBERS
            .matcher(withoutSchemes)
            .replaceAll(four -> four.group().replaceAll(DOT, "$0 "));
    String withoutDomains = DOTS.matcher(withoutIpAddresses).replaceAll("$0 ");
    return DOUBLE_SLASH.matcher(withoutDomains).replaceAll("$0 ");
  }
}
