package clinic.scheduling.core.contact;

import java.util.Optional;
import java.util.regex.Pattern;

/** Removes what programs add around a copied value, and invisible characters in the value. */
final class PastedText {
  // Category Cf has direction marks, zero-width characters, the byte order mark and the soft
  // hyphen.
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern AROUND = Pattern.compile("^[\\p{Z}\\p{Cc}]+|[\\p{Z}\\p{Cc}]+$");
  // A character between two cells or two lines. We cannot know whether the second cell or line
  // belongs to the value.
  private static final Pattern SEPARATOR = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");
  private static final int LONGEST = 1_000;

  private PastedText() {}

  /**
   * The value without anything around it.
   *
   * @param scheme the scheme of links to such values, {@code tel:} or {@code mailto:}; it is
   *     removed
   * @return empty if the text is too long, or has several lines or cells
   */
  static Optional<String> clean(String text, String scheme) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String seen = AROUND.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("");
    if (SEPARATOR.matcher(seen).find()) {
      return Optional.empty();
    }
    return Optional.of(
        seen.regionMatches(true, 0, scheme, 0, scheme.length())
            ? seen.substring(scheme.length())
            : seen);
  }
}
