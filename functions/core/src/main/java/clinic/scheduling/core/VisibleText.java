package clinic.scheduling.core;

import java.util.regex.Pattern;

/**
 * Removes characters that nobody can see: format characters (general category Cf) such as direction
 * marks, and all others that Unicode displays as nothing (Default_Ignorable_Code_Point, UAX #44).
 * Such characters can make two different texts look the same, or show the text beside them in
 * reverse.
 *
 * <p>Joiners and variation selectors are kept where a script needs them: after a letter that has no
 * upper and lower case, or after the marks of such a letter. Without them Persian, Hindi, Malayalam
 * or Japanese words would be misspelt. After a Latin letter they have no meaning.
 */
public final class VisibleText {
  private static final String JOINERS = "\\u200c\\u200d";
  private static final String SELECTORS =
      "\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\x{e0100}-\\x{e01ef}";

  /**
   * The characters that have the property Default_Ignorable_Code_Point in Unicode 15, without those
   * of category Cf and without the selectors. The JDK has no name for this set.
   */
  private static final String FILLERS =
      "\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u2065\\u3164\\uffa0\\ufff0-\\ufff8\\x{e0000}-\\x{e0fff}";

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}" + FILLERS + SELECTORS + "]");
  private static final Pattern UNNEEDED =
      Pattern.compile(
          ("[\\p{Cf}%s%s&&[^%s%s]]|(?<!\\p{Lo}[\\p{M}&&[^%s]]{0,9})[%s%s]")
              .formatted(FILLERS, SELECTORS, JOINERS, SELECTORS, SELECTORS, JOINERS, SELECTORS));
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private VisibleText() {}

  /** The text to store; it may be empty. */
  public static String of(String text) {
    return UNNEEDED.matcher(text).replaceAll("").strip();
  }

  /** The text to store, on one line. Each run of spaces and line ends becomes one space. */
  public static String line(String text) {
    return SPACES.matcher(of(text)).replaceAll(" ").strip();
  }

  /** The text without any invisible character, joiners included; for comparison only. */
  public static String withoutInvisible(String text) {
    return INVISIBLE.matcher(text).replaceAll("");
  }

  /** Whether the text has a visible character. */
  public static boolean isVisible(String text) {
    return !SPACES.matcher(withoutInvisible(text)).replaceAll("").isEmpty();
  }
}
