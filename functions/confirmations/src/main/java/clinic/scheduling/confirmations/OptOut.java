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
 * around them; CANCEL, which may mean the visit, only by itself. A sentence counts if all of it
 * asks for an end of messages ({@link StopRequest}). Whatever else speaks of stopping, of
 * cancelling, or of unwanted messages is for a person to read, and so is a word that stops with a
 * question mark or with more behind it: software must neither miss a wish nor make one up.
 */
final class OptOut {
  private static final int LONGEST = 1_600;

  /** Of several words in quotation marks of any script nobody can say whose they are. */
  private static final Pattern QUOTED =
      Pattern.compile("\\s*[\"'`\\p{Pi}\\p{Pf}\\p{Ps}].*\\s.*", Pattern.DOTALL);

  private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<=[.!?;,\\n\u2026])");
  private static final Pattern STOP_SIGN = Pattern.compile("[\ud83d\uded1\u26d4]");

  /** A raised hand, a crossed circle, crossed arms: they may greet, or refuse something else. */
  private static final Pattern DOUBTFUL_SIGN = Pattern.compile("[\u270b\ud83d\udeab\ud83d\ude45]");

  /** S T O P, s.t.o.p once the marks are blanks. */
  private static final Pattern SPACED_LETTERS =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}(?: \\p{L}){2,}(?![\\p{L}\\p{N}])");

  /** Not at this moment is no wish for good. */
  private static final Pattern FOR_NOW =
      Pattern.compile(
          "\\b(for now|por ahora|(dont|do not|never|no me) .*(?<!from )(?<!desde )\\b(now|ahora))\\b");

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
    String text = Normalizer.normalize(withWordsForSigns(answer), Normalizer.Form.NFKC);
    if (text.length() > LONGEST) {
      return Answer.UNCLEAR;
    }
    List<String> parts =
        Arrays.stream(SENTENCE_ENDS.split(text)).filter(it -> !plain(it).isEmpty()).toList();
    if (!QUOTED.matcher(text).matches() && (isCommand(text) || isRequest(text, parts))) {
      return Answer.STOPS;
    }
    boolean isForAPerson =
        StopHints.isIn(plain(text))
            || parts.stream().anyMatch(part -> StopRequest.isNearKeyword(plain(part)));
    return isForAPerson ? Answer.UNCLEAR : Answer.GOES_ON;
  }

  private static String withWordsForSigns(String answer) {
    String text = STOP_SIGN.matcher(answer).replaceAll(" stop ");
    return DOUBTFUL_SIGN.matcher(text).replaceAll(" stopped ");
  }

  /** Nothing but words that stop, with courtesies. */
  private static boolean isCommand(String text) {
    return !text.contains("?") && StopRequest.isKeyword(plain(text));
  }

  /** One part asks for it, and none takes it back. */
  private static boolean isRequest(String text, List<String> parts) {
    return !isOpen(plain(text)) && parts.stream().anyMatch(OptOut::asks);
  }

  private static boolean asks(String part) {
    boolean isQuestion = part.strip().endsWith("?");
    return isQuestion ? StopRequest.isAsked(plain(part)) : StopRequest.isSaid(plain(part));
  }

  private static boolean isOpen(String plain) {
    return FOR_NOW.matcher(plain).find()
        || Arrays.stream(plain.split(" ")).anyMatch(CONTRARY::contains);
  }

  /** Lower case, without accents, marks and apostrophes, words one space apart. */
  static String plain(String text) {
    String words =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("(?<=\\p{L})['\u2018\u2019\u02bc`](?=\\p{L})", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip();
    return SPACED_LETTERS.matcher(words).replaceAll(spaced -> spaced.group().replace(" ", ""));
  }
}
