package clinic.scheduling.calendars;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts as every provider takes and keeps them: without characters that nobody sees, and cut by our
 * own rule. What a provider would cut or leave out by itself would read back as something else than
 * was written, and be repaired for ever.
 */
public final class PlainText {
  private static final String MORE = "…";

  /** Controls, marks of direction and other invisible ones; but joiners, which scripts need. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}&&[^\u200c\u200d]]");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern LINE_ENDS = Pattern.compile("\\R");

  private PlainText() {}

  /**
   * One line.
   *
   * @param most characters of UTF-16, by which providers count
   */
  public static String line(String text, int most) {
    return cut(cleaned(text), most);
  }

  /** Lines without empty ones between them. */
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
   * The beginning of a text that is only a part of what a provider gets.
   *
   * @param most code points
   */
  public static String beginning(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - MORE.length())).stripTrailing()
            + MORE;
  }

  private static String cleaned(String text) {
    String spaced = BLANKS.matcher(text).replaceAll(" ");
    return UNSEEN.matcher(spaced).replaceAll("").strip();
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
