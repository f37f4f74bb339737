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
final class Unlinked {
  /** A scheme and what follows it; not the time in {@code at 9:30}. */
  private static final Pattern SCHEME = Pattern.compile("(?<=[\\p{L}\\p{M}]):(?=\\S)");

  /** Between the labels of a host name, in every form that browsers take; not in {@code 38.5}. */
  private static final Pattern DOT =
      Pattern.compile(
          "(?<=[\\p{L}\\p{M}\\u200c\\u200d])[.\\u3002\\uff0e\\uff61](?=[\\p{L}\\p{M}\\p{N}\\u200c\\u200d])"
              + "|(?<=\\p{N})[.\\u3002\\uff0e\\uff61](?=[\\p{L}\\p{M}\\u200c\\u200d])");

  private static final Pattern SHARE = Pattern.compile("[/\\\\](?=[/\\\\])");

  private Unlinked() {}

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
    String withoutNames = DOT.matcher(withoutSchemes).replaceAll("$0 ");
    return SHARE.matcher(withoutNames).replaceAll("$0 ");
  }
}
