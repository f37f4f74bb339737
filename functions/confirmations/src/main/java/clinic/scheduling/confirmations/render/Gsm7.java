package clinic.scheduling.confirmations.render;

import java.text.Normalizer;
import java.util.List;
import java.util.Map;

/**
 * The alphabet of 7-bit SMS (3GPP TS 23.038 section 6.2.1). A single character outside this
 * alphabet turns the whole message into UCS-2, which leaves 70 characters for a part instead of
 * 160.
 *
 * <p>A character outside the alphabet is replaced by a similar one that keeps the meaning. The
 * replacement comes from the first of these sources that has one:
 *
 * <ol>
 *   <li>two tables, of signs and of letters ({@link #SIGNS}, {@link #LETTERS});
 *   <li>the Unicode general category, for spaces, dashes and quotation marks;
 *   <li>Unicode's compatibility decomposition (NFKD) without marks, which drops accents and turns
 *       ligatures into letters.
 * </ol>
 *
 * <p>A character without a replacement stays.
 */
final class Gsm7 {
  private static final int ONE_PART = 160;

  /** Characters in each part of a message of several parts. A header takes the rest of the part. */
  private static final int CHARS_PER_PART = 153;

  private static final int ONE_WIDE_PART = 70;
  private static final int UCS2_CHARS_PER_PART = 67;

  private static final String BASIC =
      "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6"
          + "\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./"
          + "0123456789:;<=>?\u00a1ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf"
          + "abcdefghijklmnopqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0";
  private static final String ESCAPED = "^{}\\[~]|\u20ac";

  /**
   * Replacements for signs that the decomposition would not replace, or whose meaning it would
   * change.
   */
  private static final Map<Integer, String> SIGNS =
      Map.ofEntries(
          Map.entry((int) '\u2122', "(TM)"),
          Map.entry((int) '\u2120', "(SM)"),
          Map.entry((int) '\u00ae', "(R)"),
          Map.entry((int) '\u00a9', "(C)"),
          Map.entry((int) '`', "'"),
          Map.entry((int) '\u00b4', "'"),
          Map.entry((int) '\u02bc', "'"),
          Map.entry((int) '\u201a', "'"),
          Map.entry((int) '\u2032', "'"),
          Map.entry((int) '\u201e', "\""),
          Map.entry((int) '\u2033', "\""),
          Map.entry((int) '\u00ab', "\""),
          Map.entry((int) '\u00bb', "\""),
          Map.entry((int) '\u201c', "\""),
          Map.entry((int) '\u201d', "\""),
          Map.entry((int) '\u201f', "\""),
          Map.entry((int) '\u2212', "-"),
          Map.entry((int) '\u00b7', "-"),
          Map.entry((int) '\u2022', "-"),
          Map.entry((int) '\u2044', "/"));

  /** Replacements for letters that Unicode does not decompose. */
  private static final Map<Integer, String> LETTERS =
      Map.ofEntries(
          Map.entry((int) '\u0141', "L"),
          Map.entry((int) '\u0142', "l"),
          Map.entry((int) '\u0110', "D"),
          Map.entry((int) '\u0111', "d"),
          Map.entry((int) '\u0126', "H"),
          Map.entry((int) '\u0127', "h"),
          Map.entry((int) '\u0131', "i"),
          Map.entry((int) '\u0152', "OE"),
          Map.entry((int) '\u0153', "oe"));

  private Gsm7() {}

  /**
   * Whether the text fits into the given number of parts. A character that needs an escape takes
   * two places and is never split, so each part but the last may have to leave one place empty.
   */
  static boolean fits(String text, int parts) {
    int room = parts == 1 ? ONE_PART : parts * CHARS_PER_PART - (parts - 1);
    return holds(text) && text.chars().map(c -> ESCAPED.indexOf(c) >= 0 ? 2 : 1).sum() <= room;
  }

  /** Whether every character is in the alphabet. */
  static boolean holds(String text) {
    return foreign(text).isEmpty();
  }

  /** Whether the text fits into the given number of parts in UCS-2. */
  static boolean fitsWide(String text, int parts) {
    return text.length()
        <= (parts == 1 ? ONE_WIDE_PART : parts * UCS2_CHARS_PER_PART - (parts - 1));
  }

  /** The characters outside the alphabet, as code points such as {@code U+2665}. */
  static List<String> foreign(String text) {
    return text.codePoints()
        .filter(point -> !isIn(point))
        .distinct()
        .mapToObj(point -> String.format("U+%04X", point))
        .toList();
  }

  /**
   * The text with each character outside the alphabet replaced by a similar one, if there is one.
   */
  static String nearest(String text) {
    StringBuilder nearest = new StringBuilder();
    text.codePoints().forEach(point -> nearest.append(nearest(point)));
    return nearest.toString();
  }

  private static String nearest(int point) {
    String character = Character.toString(point);
    if (isIn(point)) {
      return character;
    }
    String sign =
        SIGNS.getOrDefault(point, LETTERS.getOrDefault(point, replacementByCategory(point)));
    if (!sign.isEmpty()) {
      return sign;
    }
    String plain = Normalizer.normalize(character, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String folded = plain.equals(character) ? plain : nearest(plain);
    return holds(folded) ? folded : character;
  }

  /** The replacement for a space, dash or quotation mark; empty for other characters. */
  private static String replacementByCategory(int point) {
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR -> " ";
      case Character.DASH_PUNCTUATION -> "-";
      case Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> "'";
      default -> "";
    };
  }

  private static boolean isIn(int point) {
    return BASIC.indexOf(point) >= 0 || ESCAPED.indexOf(point) >= 0;
  }
}
