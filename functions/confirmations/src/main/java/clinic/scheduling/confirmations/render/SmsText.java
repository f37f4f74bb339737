package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The words of an SMS: the clinic's name, day, time and zone of the visit, a link, a phone number,
 * and how to stop. It says nothing about the patient, the clinician, the place or the type of
 * visit.
 *
 * <p>Wherever possible, the text fits into one part of 160 characters. To fit, it leaves out, in
 * this order:
 *
 * <ol>
 *   <li>the offer of help,
 *   <li>the word before the link,
 *   <li>the sentence with the phone number; a request to confirm is not left out but shortened,
 *   <li>the end of the clinic's name.
 * </ol>
 *
 * <p>Day, time, zone, link and STOP always stay. If they do not fit, the text takes two parts.
 * Characters outside the 7-bit alphabet are replaced by similar ones ({@link Gsm7}). If a character
 * has no replacement, the text is sent as UCS-2, with the first wording that fits into three parts
 * of 67 characters. If none fits, the shortest wording is sent, in more parts.
 */
final class SmsText {
  private static final int SHORTEST_NAME = 12;
  private static final int MOST_WIDE_PARTS = 3;

  private SmsText() {}

  /**
   * The text of one message.
   *
   * @param link a short link to the page of the visit; a cancellation does not use it
   */
  static String of(
      MessageKind kind, Visit visit, String link, Practice practice, Translation words) {
    return of(practice, wordings(kind, visit, link, practice, words));
  }

  /** The text with a code. The code stands first, where a locked telephone shows it. */
  static String ofCode(String code, Practice practice, Translation words) {
    String news = words.text(MessageText.SMS_CODE, code);
    String ignore = words.text(MessageText.SMS_CODE_IGNORE);
    String stop = words.text(MessageText.SMS_STOP);
    return of(practice, List.of(join(news, ignore, stop), join(news, ignore)));
  }

  private static String of(Practice practice, List<String> wordings) {
    String name = PlainText.of(practice.name(), 100);
    String shortest = ": " + wordings.get(wordings.size() - 1);
    if (!Gsm7.holds(Gsm7.nearest(name + shortest))) {
      return firstFittingUcs2(name, wordings).orElse(name + shortest);
    }
    return firstFitting(name, wordings, 1)
        .or(() -> shortened(name, shortest))
        .or(() -> firstFitting(name, wordings, 2))
        .orElse(Gsm7.nearest(name + shortest));
  }

  /**
   * The first wording that fits into three parts of UCS-2. No character is replaced and the name is
   * not cut. Three parts usually have room for the phone number.
   */
  private static Optional<String> firstFittingUcs2(String name, List<String> wordings) {
    return wordings.stream()
        .map(rest -> name + ": " + rest)
        .filter(text -> Gsm7.fitsWide(text, MOST_WIDE_PARTS))
        .findFirst();
  }

  private static Optional<String> firstFitting(String name, List<String> wordings, int parts) {
    return wordings.stream()
        .map(rest -> Gsm7.nearest(name + ": " + rest))
        .filter(text -> Gsm7.fits(text, parts))
        .findFirst();
  }

  private static List<String> wordings(
      MessageKind kind, Visit visit, String link, Practice practice, Translation words) {
    String news = words.text(kind.sms(), words.brief(visit.time().start(), visit.zone()));
    String ask = words.text(ask(kind, practice), words.phone(practice.phone()));
    String help = words.text(MessageText.SMS_HELP_AND_STOP);
    String stop = words.text(MessageText.SMS_STOP);
    if (kind.isCancellation()) {
      return List.of(join(news, ask, help), join(news, ask, stop));
    }
    String details = words.text(MessageText.SMS_DETAILS, link);
    return List.of(
        join(news, ask, details, help),
        join(news, ask, details, stop),
        join(news, ask, link, stop),
        kind == MessageKind.CONFIRM
            ? join(news, shortConfirmation(practice, words), link, stop)
            : join(news, link, stop));
  }

  private static String shortConfirmation(Practice practice, Translation words) {
    return practice.messages().smsReplies()
        ? words.text(MessageText.SMS_CONFIRM_BY_REPLY_BRIEFLY)
        : words.text(MessageText.SMS_CONFIRM_BY_PHONE_BRIEFLY, words.phone(practice.phone()));
  }

  private static MessageText ask(MessageKind kind, Practice practice) {
    return switch (kind) {
      case CANCELLED, CANCELLED_BY_PATIENT -> MessageText.SMS_BOOK_AGAIN;
      case CONFIRM ->
          practice.messages().smsReplies()
              ? MessageText.SMS_CONFIRM_BY_REPLY
              : MessageText.SMS_CONFIRM_BY_PHONE;
      case BOOKED,
          MOVED,
          PRACTITIONER_CHANGED,
          PLACE_CHANGED,
          LINK_CHANGED,
          CHANGED,
          RESTORED,
          REMINDER ->
          MessageText.SMS_QUESTIONS;
    };
  }

  private static String join(String... parts) {
    return String.join(" ", parts);
  }

  private static Optional<String> shortened(String name, String rest) {
    int length = name.codePointCount(0, name.length());
    return IntStream.iterate(length - 1, keep -> keep >= SHORTEST_NAME, keep -> keep - 1)
        .mapToObj(keep -> name.substring(0, name.offsetByCodePoints(0, keep)).strip())
        .map(cut -> Gsm7.nearest(cut + "..." + rest))
        .filter(text -> Gsm7.fits(text, 1))
        .findFirst();
  }
}
