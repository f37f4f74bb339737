package clinic.scheduling.confirmations.render;

import java.text.Normalizer;

/**
 * Makes text from outside safe to place in one line of a message. Removes control and format
 * characters, line separators and lone surrogates: they could end the line, change the direction of
 * the text after them, or be invisible. Keeps the two joiners that some scripts and emoji need.
 */
public final class PlainText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private PlainText() {}

  /**
   * @param most the limit in code points; a longer text is cut and ends in an ellipsis
   */
  public static String of(String text, int most) {
    StringBuilder clean = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .map(point -> Character.isWhitespace(point) ? ' ' : point)
        .filter(PlainText::isHarmless)
        .forEach(clean::appendCodePoint);
    String line = clean.toString().replaceAll(" {2,}", " ").strip();
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most - 1)).strip() + "\u2026";
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }
}
