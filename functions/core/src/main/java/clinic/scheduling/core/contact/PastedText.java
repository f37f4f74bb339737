package clinic.scheduling.core.contact;

import java.util.Optional;
import java.util.regex.Pattern;

/** What programs put around a value when somebody copies it, and what nobody can see in it. */
final class PastedText {
  // Cf: direction marks, zero-width characters, the byte order mark, the soft hyphen.
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern AROUND = Pattern.compile("^[\\p{Z}\\p{Cc}]+|[\\p{Z}\\p{Cc}]+$");
  // Two cells or two lines: whether the second one belongs to the value nobody can tell.
  private static final Pattern BETWEEN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST = 1_000;

  private PastedText() {}

  /**
   * The value alone.
   *
   * @param scheme of a link to it, {@code tel:} or {@code mailto:}
   * @return empty if it is too long to be one, or if it is of several lines or cells
   */
  static Optional<String> clean(String text, String scheme) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String seen = AROUND.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("");
    if (BETWEEN.matcher(seen).find()) {
      return Optional.empty();
    }
    return Optional.of(
        seen.regionMatches(true, 0, scheme, 0, scheme.length())
            ? seen.substring(scheme.length())
            : seen);
  }
}
