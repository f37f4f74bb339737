package clinic.scheduling.confirmations;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a patient's answer means that they want no more text messages. The words of the FCC (47
 * CFR 64.1200(a)(10)) and of AWS, the same in Spanish, alone or as what a longer text plainly says.
 * None of them is ever a command for anything else: CANCEL stops the messages, not the visit.
 */
final class OptOut {
  private static final Set<String> WORDS =
      Set.of(
          "stop",
          "stopall",
          "quit",
          "end",
          "revoke",
          "optout",
          "cancel",
          "unsubscribe",
          "remove",
          "arret",
          "td",
          "alto",
          "parar",
          "pare",
          "basta",
          "cancelar",
          "baja",
          "salir");
  private static final List<Pattern> PHRASES =
      List.of(
          Pattern.compile("\\b(stop|end|quit|cease)\\b.*\\b(text|texts|texting|messag\\w*|sms)\\b"),
          Pattern.compile("\\b(don ?t|do not|no more|never)\\b.*\\b(text|texts|messag\\w*|sms)\\b"),
          Pattern.compile("\\b(opt|opting) ?out\\b"),
          Pattern.compile("\\bunsubscribe\\b"),
          Pattern.compile("\\b(remove|take) me\\b"),
          Pattern.compile("\\bno (quiero|me (envi\\w*|mand\\w*|escrib\\w*))\\b"),
          Pattern.compile(
              "\\b(no mas|deje\\w* de)\\b.*\\b(mensaj\\w*|enviar\\w*|escribir\\w*)\\b"));
  private static final int LONGEST = 1_600;

  private OptOut() {}

  static boolean isIn(String answer) {
    String text = plain(answer.substring(0, Math.min(answer.length(), LONGEST)));
    String first = text.split(" ", 2)[0];
    return WORDS.contains(text.replace(" ", ""))
        || first.equals("stop")
        || first.equals("unsubscribe")
        || PHRASES.stream().anyMatch(phrase -> phrase.matcher(text).find());
  }

  /** Lower case, without accents and marks, words one space apart. */
  static String plain(String text) {
    return java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
