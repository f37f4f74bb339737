package clinic.scheduling.confirmations;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A first name, as a mail greets by it. Whoever books types it, and the mail goes to an address of
 * their choice under the name of the clinic: so what is no name, a link or an address, digits,
 * several lines, a sentence, is not repeated.
 */
final class GivenName {
  private static final int LONGEST = 40;

  /**
   * One to four words of letters of any script, with their marks, apostrophes, hyphens and joiners.
   * A full stop ends an initial or a short form, and never stands before a letter as in a domain.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}\u200c\u200d'\u2018\u2019\u02bc-]*\\.?"
              + "(?: \\p{L}[\\p{L}\\p{M}\u200c\u200d'\u2018\u2019\u02bc-]*\\.?){0,3}");

  private static final Pattern LINES = Pattern.compile("\\R|[\\p{Cc}\\p{Zl}\\p{Zp}]");
  private static final Pattern MANY_MARKS = Pattern.compile("\\p{M}{5}");

  private GivenName() {}

  /** The name in one line, or nothing. */
  static String of(String text) {
    String name = PlainText.of(text, LONGEST + 1);
    boolean isName =
        name.codePointCount(0, name.length()) <= LONGEST
            && !LINES.matcher(text.strip()).find()
            && !MANY_MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).find()
            && NAME.matcher(name).matches();
    return isName ? name : "";
  }
}
