package clinic.scheduling.confirmations.render;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Cleans text from outside, so that a message can repeat it safely. */
public final class PlainText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private static final int LONGEST_NAME = 40;
  private static final int MOST_WORDS = 3;
  private static final int MOST_PARTICLES = 2;
  private static final int MOST_APOSTROPHES = 2;

  /**
   * Words of letters of any script, which may contain marks, apostrophes, hyphens and joiners. A
   * word may end with a full stop. Only a space may follow the full stop, so that no domain name
   * matches.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "\\p{L}[\\p{L}\\p{M}\u200c\u200d'\u2018\u2019\u02bc-]*\\.?"
              + "(?: \\p{L}[\\p{L}\\p{M}\u200c\u200d'\u2018\u2019\u02bc-]*\\.?){0,4}");

  private static final Pattern LINES = Pattern.compile("\\R|[\\p{Cc}\\p{Zl}\\p{Zp}]");
  private static final Pattern MANY_MARKS = Pattern.compile("\\p{M}{5}");
  private static final Pattern APOSTROPHE = Pattern.compile("['\u2018\u2019\u02b0-\u02ff]");
  private static final Pattern HYPHENS = Pattern.compile("-+");
  private static final Pattern SMALL = Pattern.compile("\\p{Ll}.*");
  private static final Pattern LONG_HAN_TEXT =
      Pattern.compile("(?=.*[\\p{IsHan}\\p{IsHiragana}]).{7,}");

  private static final Set<String> PARTICLES =
      Set.of(
          "de", "del", "la", "las", "los", "el", "y", "da", "das", "do", "dos", "e", "di", "du",
          "des", "der", "den", "van", "von", "al", "ul", "ur", "bin", "bint", "ibn");

  private PlainText() {}

  /**
   * The text as one line that is safe to show. Removes control and format characters, line
   * separators and lone surrogates. They could end the line, change the direction of the text after
   * them, or be invisible. Keeps the two joiners that some scripts and emoji need.
   *
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

  /**
   * The first name for the greeting of a mail. Whoever books a visit types the name and chooses the
   * address, and the mail carries the clinic's name. So the greeting could be abused to send text
   * to strangers. Therefore we repeat only text that looks like a name: no links, addresses, digits
   * or line breaks, and almost no sentences. Otherwise the mail greets without a name.
   *
   * <p>The rules are:
   *
   * <ul>
   *   <li>A name has at most three words. Each part of a hyphenated name counts as one.
   *   <li>In addition, it may have two particles, such as {@code de la}, between the words.
   *   <li>In a name of several words, no word except a particle may begin with a lower-case letter.
   *   <li>A name in Han or Hiragana, which have no blanks between words, has at most six
   *       characters.
   * </ul>
   *
   * @return the name in one line, or an empty text
   */
  public static String givenName(String text) {
    String name = of(text, LONGEST_NAME + 1);
    boolean isName =
        name.codePointCount(0, name.length()) <= LONGEST_NAME
            && !LINES.matcher(text.strip()).find()
            && !MANY_MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).find()
            && NAME.matcher(name).matches()
            && !isSentence(name);
    return isName ? name : "";
  }

  private static boolean isSentence(String name) {
    List<String> all = List.of(name.split(" "));
    List<String> words = all.stream().filter(Predicate.not(PARTICLES::contains)).toList();
    long parts = words.stream().flatMap(HYPHENS::splitAsStream).count();
    return parts > MOST_WORDS
        || APOSTROPHE.matcher(name).results().count() > MOST_APOSTROPHES
        || LONG_HAN_TEXT.matcher(name).matches()
        || (all.size() > 1
            && (hasMisplacedParticles(all, words)
                || words.stream().anyMatch(PlainText::startsInLowerCase)));
  }

  /**
   * Whether there are too many particles, or the text begins or ends with one. A particle belongs
   * between two names.
   */
  private static boolean hasMisplacedParticles(List<String> all, List<String> words) {
    return all.size() - words.size() > MOST_PARTICLES
        || PARTICLES.contains(all.get(0))
        || PARTICLES.contains(all.get(all.size() - 1));
  }

  private static boolean startsInLowerCase(String word) {
    return SMALL.matcher(word).matches();
  }
}
