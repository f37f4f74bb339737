package clinic.scheduling.confirmations.events;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads whether a patient's answer means that they want no more text messages, in any reasonable
 * way of saying so (47 CFR 64.1200(a)(10)).
 *
 * <p>The keywords of that rule count by themselves and with courtesies around them; CANCEL, which
 * may mean the visit, only by itself. A sentence counts if all of it asks for an end of messages
 * ({@link StopRequest}). Whatever else speaks of stopping, of cancelling or of unwanted messages is
 * for a person to read ({@link StopHints}), and so is a keyword with a question mark or with more
 * text behind it: software must neither miss an opt-out nor make one up.
 */
public final class OptOut {
  private static final int LONGEST = 1_600;

  /** Several words in quotation marks of any script may be somebody else's. */
  private static final Pattern QUOTED =
      Pattern.compile("\\s*[\"'`\\p{Pi}\\p{Pf}\\p{Ps}].*\\s.*", Pattern.DOTALL);

  private static final Pattern SENTENCE_ENDS = Pattern.compile("(?<=[.!?;,\\n\u2026])");
  private static final Pattern STOP_SIGN = Pattern.compile("[\ud83d\uded1\u26d4]");

  /** A raised hand, a crossed circle, crossed arms: a greeting, or a refusal of something else. */
  private static final Pattern DOUBTFUL_SIGN = Pattern.compile("[\u270b\ud83d\udeab\ud83d\ude45]");

  /** S T O P; also s.t.o.p, after the marks have become blanks. */
  private static final Pattern SPACED_LETTERS =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}(?: \\p{L}){2,}(?![\\p{L}\\p{N}])");

  /** "Not now" does not mean "never again". */
  private static final Pattern FOR_NOW =
      Pattern.compile(
          "\\b(for now|por ahora|(dont|do not|never|no me) .*(?<!from )(?<!desde )\\b(now|ahora))\\b");

  /** With one of these words beside it, a request is unclear. */
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

  /** Handles each answer; a new one does not compile until every handler handles it. */
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

  /** Nothing but keywords, with courtesies. */
  private static boolean isCommand(String text) {
    return !text.contains("?") && StopRequest.isKeyword(plain(text));
  }

  /** One part asks for an end, and no word takes that back. */
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
  public static String plain(String text) {
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
