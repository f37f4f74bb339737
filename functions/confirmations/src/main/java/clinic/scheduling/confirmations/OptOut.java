package clinic.scheduling.confirmations;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a patient's answer means that they want no more text messages, said in any reasonable way
 * (47 CFR 64.1200(a)(10)). The words that the rule names count by themselves and with courtesies
 * around them; CANCEL stops the messages, not the visit. A sentence counts if all of it asks for an
 * end of messages ({@link StopRequest}). Whatever else speaks of stopping, of cancelling, or of
 * unwanted messages is for a person to read: software must neither miss a wish nor make one up.
 */
final class OptOut {
  private static final int LONGEST = 1_600;

  /** The way our texts print it, before whatever else somebody writes. */
  private static final Pattern AS_PRINTED =
      Pattern.compile("\\s*STOP\\b(?! (?i:by|in|at)\\b)(?=.*[a-z]|.{0,2}$).*");

  /** Of several words in quotation marks of any script nobody can say whose they are. */
  private static final Pattern QUOTED =
      Pattern.compile("\\s*[\"'`\\p{Pi}\\p{Pf}\\p{Ps}].*\\s.*", Pattern.DOTALL);

  private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<=[.!?;,\\n\u2026])");
  private static final Pattern STOP_SIGN = Pattern.compile("[\ud83d\uded1\u26d4\u270b]");

  /** They leave open what is meant, whatever stands beside them. */
  private static final Set<String> CONTRARY =
      Set.of(
          "actually",
          "but",
          "continue",
          "except",
          "keep",
          "kidding",
          "nevermind",
          "only",
          "resume",
          "start",
          "unless",
          "unstop",
          "until",
          "wait",
          "continuen",
          "espere",
          "excepto",
          "hasta",
          "pero",
          "salvo",
          "solo");

  private OptOut() {}

  /** What an answer comes to. */
  enum Answer {
    STOPS,
    GOES_ON,
    /** A person has to read it. */
    UNCLEAR
  }

  static Answer of(String answer) {
    String text =
        Normalizer.normalize(STOP_SIGN.matcher(answer).replaceAll(" stop "), Normalizer.Form.NFKC);
    if (text.length() > LONGEST) {
      return Answer.UNCLEAR;
    }
    boolean isQuoted = QUOTED.matcher(text).matches();
    if (!isQuoted && (isCommand(text) || isRequest(text))) {
      return Answer.STOPS;
    }
    return StopHints.isIn(plain(text)) ? Answer.UNCLEAR : Answer.GOES_ON;
  }

  /** Nothing but words that stop, with courtesies; or the command as it was printed. */
  private static boolean isCommand(String text) {
    return StopRequest.isKeyword(plain(text))
        || (AS_PRINTED.matcher(text.strip()).matches() && !isOpen(plain(text)));
  }

  /** One part asks for it, and none takes it back. */
  private static boolean isRequest(String text) {
    List<String> parts =
        Arrays.stream(SENTENCE_ENDS.split(text)).filter(it -> !plain(it).isEmpty()).toList();
    if (parts.isEmpty() || isOpen(plain(text))) {
      return false;
    }
    return StopRequest.isFirm(plain(parts.get(0))) || parts.stream().anyMatch(OptOut::asks);
  }

  private static boolean asks(String part) {
    boolean isQuestion = part.strip().endsWith("?");
    return isQuestion ? StopRequest.isAsked(plain(part)) : StopRequest.isSaid(plain(part));
  }

  private static boolean isOpen(String plain) {
    return Arrays.stream(plain.split(" ")).anyMatch(CONTRARY::contains);
  }

  /** Lower case, without accents, marks and apostrophes, words one space apart. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .replaceAll("(?<=\\p{L})['\u2018\u2019\u02bc`](?=\\p{L})", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
