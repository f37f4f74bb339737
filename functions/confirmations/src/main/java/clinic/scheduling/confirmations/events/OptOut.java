package clinic.scheduling.confirmations.events;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a patient's answer means that they want no more text messages. The patient may
 * say so in any reasonable way (47 CFR 64.1200(a)(10)). Software must neither miss an opt-out nor
 * invent one, so the rules are:
 *
 * <ul>
 *   <li>A text that is a keyword of that rule is an opt-out, even with polite words around the
 *       keyword. A keyword that may mean the visit, such as CANCEL, is an opt-out only if it stands
 *       alone.
 *   <li>A sentence is an opt-out if every word of it belongs to a request to end messages ({@link
 *       StopRequest}).
 *   <li>Any other text about stopping, cancelling or unwanted messages is unclear, and a person
 *       reads it ({@link StopHints}). A keyword with a question mark or with further text is
 *       unclear, too.
 * </ul>
 */
public final class OptOut {
  private static final int LONGEST = 1_600;

  /**
   * A text of several words that begins with a quotation mark or an opening bracket. It may quote
   * somebody else.
   */
  private static final Pattern QUOTED =
      Pattern.compile("\\s*[\"'`\\p{Pi}\\p{Pf}\\p{Ps}].*\\s.*", Pattern.DOTALL);

  private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<=[.!?;,\\n\u2026])");
  private static final Pattern STOP_SIGN = Pattern.compile("[\ud83d\uded1\u26d4]");

  /**
   * The signs for a raised hand, for a prohibition and for crossed arms. Each of them may be a
   * greeting, or may refuse something other than messages.
   */
  private static final Pattern DOUBTFUL_SIGN = Pattern.compile("[\u270b\ud83d\udeab\ud83d\ude45]");

  /**
   * Letters separated by spaces, such as "s t o p". "S.T.O.P." has this form after its punctuation
   * was replaced by spaces.
   */
  private static final Pattern SPACED_LETTERS =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}(?: \\p{L}){2,}(?![\\p{L}\\p{N}])");

  /** Refusals that hold only for now. "Not now" does not mean "never again". */
  private static final Pattern FOR_NOW =
      Pattern.compile(
          "\\b(for now|por ahora|(dont|do not|never|no me) .*(?<!from )(?<!desde )\\b(now|ahora))\\b");

  /** A request that contains one of these words is unclear. */
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

  /** What an answer means. */
  public enum Answer {
    /** No more text messages. */
    STOPS {
      @Override
      public void accept(Handler handler) {
        handler.stops();
      }
    },
    /** The answer is about something else. */
    GOES_ON {
      @Override
      public void accept(Handler handler) {
        handler.goesOn();
      }
    },
    /** A person has to read it. */
    UNCLEAR {
      @Override
      public void accept(Handler handler) {
        handler.unclear();
      }
    };

    /** Calls the method of this answer. */
    public abstract void accept(Handler handler);
  }

  /**
   * Has a method for each answer. A new answer adds a method, and the code does not compile until
   * every handler has it.
   */
  public interface Handler {
    void stops();

    void goesOn();

    void unclear();
  }

  public static Answer of(String answer) {
    String text = Normalizer.normalize(withWordsForSigns(answer), Normalizer.Form.NFKC);
    if (text.length() > LONGEST) {
      return Answer.UNCLEAR;
    }
    List<String> parts =
        Arrays.stream(SENTENCE_ENDS.split(text)).filter(it -> !normalize(it).isEmpty()).toList();
    if (!QUOTED.matcher(text).matches() && (isClearKeyword(text) || hasStopRequest(text, parts))) {
      return Answer.STOPS;
    }
    boolean isForAPerson =
        StopHints.isIn(normalize(text))
            || parts.stream().anyMatch(part -> StopRequest.isKeywordsOnly(normalize(part)));
    return isForAPerson ? Answer.UNCLEAR : Answer.GOES_ON;
  }

  private static String withWordsForSigns(String answer) {
    String text = STOP_SIGN.matcher(answer).replaceAll(" stop ");
    return DOUBTFUL_SIGN.matcher(text).replaceAll(" stopped ");
  }

  /**
   * Whether the text is an unambiguous keyword ({@link StopRequest#isUnambiguousKeyword}) and not a
   * question.
   */
  private static boolean isClearKeyword(String text) {
    return !text.contains("?") && StopRequest.isUnambiguousKeyword(normalize(text));
  }

  /** Whether one sentence asks to end messages and no other word takes the request back. */
  private static boolean hasStopRequest(String text, List<String> parts) {
    return !isTakenBack(normalize(text)) && parts.stream().anyMatch(OptOut::asksToStop);
  }

  private static boolean asksToStop(String part) {
    boolean isQuestion = part.strip().endsWith("?");
    return isQuestion
        ? StopRequest.isRequestAsQuestion(normalize(part))
        : StopRequest.isRequest(normalize(part));
  }

  private static boolean isTakenBack(String plain) {
    return FOR_NOW.matcher(plain).find()
        || Arrays.stream(plain.split(" ")).anyMatch(CONTRARY::contains);
  }

  /**
   * The text in lower case, without accents, marks and apostrophes. Words are one space apart,
   * without punctuation. A word whose letters are separated by spaces is joined.
   */
  public static String normalize(String text) {
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
