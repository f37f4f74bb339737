package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.core.Phi;
import java.util.regex.Pattern;

/**
 * What a stranger typed, with nothing left in it that a calendar would make a link of. Calendars
 * turn bare addresses into links by themselves, also in a title or a place, and a clinician trusts
 * what stands in their own calendar. No word is lost: a blank is put where an address would go on,
 * so {@code http://a.example/b} becomes {@code http: / /a. example/b}.
 */
final class LinkFreeText {
  /** A scheme and what follows it; not the time in {@code at 9:30}. */
  private static final Pattern SCHEME = Pattern.compile("(?<=[\\p{L}\\p{M}]):(?=\\S)");

  /** What is a dot to a browser, some only after compatibility folding (NFKC). */
  private static final String DOT = "[.\\u2024\\u3002\\ufe12\\ufe52\\uff0e\\uff61]";

  /** One character that becomes several of which one is a dot, like a one with its full stop. */
  private static final String WITH_DOT =
      "[\\u2025\\u2026\\u2488-\\u249b\\u33c2\\u33c7\\u33d8\\ufe19\\ufe30\\x{1f100}]";

  /** What a label may begin with; browsers take pictures too. */
  private static final String LABEL = "[\\p{L}\\p{M}\\p{N}\\p{S}\\u200c\\u200d]";

  private static final String LABEL_BUT_DIGIT = "[\\p{L}\\p{M}\\p{N}\\p{S}\\u200c\\u200d&&\\P{Nd}]";

  /** Where an address would go on; not in {@code 38.5} and not in {@code 10.11.2026}. */
  private static final Pattern DOTS =
      Pattern.compile(
          ("(?<!\\p{Nd})%1$s(?=%3$s)|(?<=\\p{Nd})%1$s(?=%4$s)|%2$s(?=%3$s)")
              .formatted(DOT, WITH_DOT, LABEL, LABEL_BUT_DIGIT));

  /** Four numbers are an address; a date has three. */
  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(?<!\\p{Nd})\\p{Nd}{1,3}(?:%s\\p{Nd}{1,3}){3}(?!\\p{Nd})".formatted(DOT));

  private static final Pattern SHARE = Pattern.compile("[/\\\\](?=[/\\\\])");

  private LinkFreeText() {}

  static Phi<String> of(Phi<String> typed) {
    return Phi.of(text(typed.value()));
  }

  static HomeAddress of(HomeAddress home) {
    return new HomeAddress(
        text(home.street()), text(home.city()), text(home.state()), text(home.postalCode()));
  }

  private static String text(String typed) {
    String seen = PlainText.lines(typed, Integer.MAX_VALUE);
    String withoutSchemes = SCHEME.matcher(seen).replaceAll(": ");
    String withoutNumbers =
        FOUR_NUMBERS
            .matcher(withoutSchemes)
            .replaceAll(four -> four.group().replaceAll(DOT, "$0 "));
    String withoutNames = DOTS.matcher(withoutNumbers).replaceAll("$0 ");
    return SHARE.matcher(withoutNames).replaceAll("$0 ");
  }
}
