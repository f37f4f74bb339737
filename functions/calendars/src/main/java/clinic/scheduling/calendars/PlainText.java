package clinic.scheduling.calendars;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts in a form that every provider stores unchanged: without invisible characters, and cut by
 * our own rule. A text that the provider itself cuts or cleans would read back differently, and we
 * would repair it again and again ({@code docs/facts/outlook.md} 2, "Long texts"; {@code
 * docs/facts/google.md} 2).
 */
public final class PlainText {
  private static final String MORE = "…";

  /** Control and format characters, except the joiners that some scripts need. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\u200c\u200d]]");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern LINE_ENDS = Pattern.compile("\\R");

  private PlainText() {}

  /**
   * The text as one line.
   *
   * @param most the largest allowed number of UTF-16 code units, which is what providers count
   */
  public static String line(String text, int most) {
    return cut(cleaned(text), most);
  }

  /** The text as lines; empty lines are left out. */
  public static String lines(String text, int most) {
    String lines =
        LINE_ENDS
            .splitAsStream(text)
            .map(PlainText::cleaned)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return cut(lines, most);
  }

  /**
   * Shortens a text that is only a part of a field.
   *
   * @param most the largest allowed number of code points
   */
  public static String shorten(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - MORE.length())).stripTrailing()
            + MORE;
  }

  private static String cleaned(String text) {
    String spaced = BLANKS.matcher(text).replaceAll(" ");
    return INVISIBLE.matcher(spaced).replaceAll("").strip();
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - MORE.length();
    boolean splits = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end).stripTrailing() + MORE;
  }
}
