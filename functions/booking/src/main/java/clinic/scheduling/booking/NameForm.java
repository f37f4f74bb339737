package clinic.scheduling.booking;

import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The form in which names are compared: letters with their marks and numbers, by compatibility
 * (NFKD, UAX #15), without regard to case. Apostrophes, hyphens, points, spaces and what cannot be
 * seen do not count, whichever of Unicode's many they are: the general category says so. Accents
 * and vowel signs count, since there are names that differ in nothing else.
 */
final class NameForm {
  /** Punctuation, symbols, separators; and apostrophes that Unicode calls modifier letters. */
  private static final Pattern NO_PART_OF_A_NAME =
      Pattern.compile("[^\\p{L}\\p{M}\\p{N}]|\\p{InSpacingModifierLetters}");

  private NameForm() {}

  static String of(@Nullable Phi<String> name) {
    return name == null ? "" : of(name.value());
  }

  /**
   * Whether a person calls themselves by these given names, or by the first of them. A chart may
   * hold the middle names that somebody leaves out, and holds two names of a double one apart.
   */
  static boolean isGiven(@Nullable List<Phi<String>> given, Phi<String> typed) {
    List<String> names = given == null ? List.of() : given.stream().map(Phi::value).toList();
    String wanted = of(typed);
    return IntStream.rangeClosed(1, names.size())
        .mapToObj(count -> String.join(" ", names.subList(0, count)))
        .anyMatch(some -> of(some).equals(wanted));
  }

  /**
   * A name without a letter, which a chart may hold where somebody has one name only, is itself.
   */
  private static String of(String name) {
    String seen = VisibleText.bare(name);
    String letters = letters(Normalizer.normalize(letters(seen), Form.NFKD));
    String form = letters.isEmpty() ? seen.strip() : letters;
    String folded = folded(form);
    return Normalizer.normalize(folded, Form.NFC);
  }

  /** Lower case first: the capital sharp s has no other way to the two letters of the small one. */
  private static String folded(String form) {
    return form.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static String letters(String text) {
    return NO_PART_OF_A_NAME.matcher(text).replaceAll("");
  }
}
