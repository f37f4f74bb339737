package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import java.util.List;

/**
 * The words of an SMS: clinic, day, time and zone, phone, how to stop. Nothing of the patient or
 * the kind of visit. One part of 160 characters wherever that can be; a link only if it fits too.
 */
final class SmsText {
  private static final int SHORTEST_NAME = 12;

  private SmsText() {}

  static String of(Change change, Visit visit, Practice practice) {
    String name = Gsm7.nearest(PlainText.of(practice.name(), 100));
    String news = news(change, WhenText.brief(visit.time().start(), visit.zone()));
    String ask = ask(change, practice.phone());
    List<String> wordings =
        List.of(
            news + " Details: " + visit.manageUrl() + ask + " HELP for help, STOP to opt out.",
            news + ask + " HELP for help, STOP to opt out.",
            news + ask + " STOP to opt out.");
    return wordings.stream()
        .filter(words -> change != Change.CANCELLED || !words.contains(visit.manageUrl()))
        .map(words -> name + ": " + words)
        .filter(Gsm7::fitsOnePart)
        .findFirst()
        .orElseGet(() -> shortened(name, ": " + wordings.get(2)));
  }

  private static String news(Change change, String when) {
    return switch (change) {
      case BOOKED -> "you are booked for " + when + ".";
      case MOVED -> "your visit is now " + when + ".";
      case CANCELLED -> "your visit on " + when + " is cancelled.";
    };
  }

  private static String ask(Change change, String phone) {
    return switch (change) {
      case BOOKED, MOVED -> " Questions? Call " + PhoneText.of(phone) + ".";
      case CANCELLED -> " To book again call " + PhoneText.of(phone) + ".";
    };
  }

  /** A long name of the clinic gives way; in a script beyond GSM-7 several parts are needed. */
  private static String shortened(String name, String rest) {
    int length = name.codePointCount(0, name.length());
    for (int keep = length - 1; keep >= SHORTEST_NAME; keep--) {
      String text = name.substring(0, name.offsetByCodePoints(0, keep)).strip() + "..." + rest;
      if (Gsm7.fitsOnePart(text)) {
        return text;
      }
    }
    return name + rest;
  }
}
