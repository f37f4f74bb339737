package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import java.util.List;

/**
 * The words of an SMS: clinic, day, time and zone, link, phone, how to stop. Nothing of the patient
 * or the kind of visit. One part of 160 characters wherever that can be; what is of least use gives
 * way first.
 */
final class SmsText {
  private static final int SHORTEST_NAME = 12;

  private SmsText() {}

  static String of(Kind kind, Visit visit, Practice practice, Words words) {
    String name = PlainText.of(practice.name(), 100);
    List<String> wordings = wordings(kind, visit, practice, words);
    return wordings.stream()
        .map(rest -> Gsm7.nearest(name + ": " + rest))
        .filter(Gsm7::fitsOnePart)
        .findFirst()
        .orElseGet(() -> shortened(name, ": " + wordings.get(wordings.size() - 1)));
  }

  private static List<String> wordings(Kind kind, Visit visit, Practice practice, Words words) {
    String news = words.text(kind.sms(), words.brief(visit.time().start(), visit.zone()));
    String ask = words.text(ask(kind, practice), PhoneText.of(practice.phone()));
    String help = words.text(MessageText.SMS_HELP_AND_STOP);
    String stop = words.text(MessageText.SMS_STOP);
    List<String> bare = List.of(said(news, ask, help), said(news, ask, stop));
    if (kind.isOff()) {
      return bare;
    }
    String link = words.text(MessageText.SMS_DETAILS, visit.manageUrl());
    return List.of(
        said(news, link, ask, help),
        said(news, link, ask, stop),
        kind == Kind.CONFIRM ? bare.get(0) : said(news, link, stop),
        bare.get(0),
        bare.get(1));
  }

  private static MessageText ask(Kind kind, Practice practice) {
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

  private static String said(String... parts) {
    return String.join(" ", parts);
  }

  /** A long name of the clinic gives way; in a script beyond GSM-7 several parts are needed. */
  private static String shortened(String name, String rest) {
    int length = name.codePointCount(0, name.length());
    for (int keep = length - 1; keep >= SHORTEST_NAME; keep--) {
      String cut = name.substring(0, name.offsetByCodePoints(0, keep)).strip();
      String text = Gsm7.nearest(cut + "..." + rest);
      if (Gsm7.fitsOnePart(text)) {
        return text;
      }
    }
    return name + rest;
  }
}
