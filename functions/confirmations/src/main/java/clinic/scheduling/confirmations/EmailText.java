package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of an e-mail: who, when, where, with whom, how to change it, and no more. Lines that
 * have nothing to say are left out.
 *
 * @param manageUrl empty for a visit that is cancelled
 * @param closing how to answer, and for a reminder how to get no more of them
 */
record EmailText(
    Translation words,
    String subject,
    String greeting,
    String news,
    List<Line> lines,
    Optional<String> manageUrl,
    List<String> closing) {

  /** One fact with its name. */
  record Line(String name, String value) {}

  static EmailText of(
      MessageKind kind, Visit visit, String firstName, Practice practice, Translation words) {
    String phone = PhoneText.of(practice.phone());
    return new EmailText(
        words,
        words.text(kind.subject(), words.brief(visit.time().start(), visit.zone())),
        firstName.isEmpty()
            ? words.text(MessageText.GREETING_WITHOUT_NAME)
            : words.text(MessageText.GREETING, firstName),
        words.text(kind.news(), practice.name(), phone),
        lines(visit, phone, words),
        kind.isOff() ? Optional.empty() : Optional.of(visit.manageUrl()),
        closing(kind, phone, words));
  }

  private static List<Line> lines(Visit visit, String phone, Translation words) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            words.text(MessageText.LABEL_DATE), words.day(visit.time().start(), visit.zone())));
    lines.add(
        new Line(
            words.text(MessageText.LABEL_TIME), words.time(visit.time().start(), visit.zone())));
    lines.add(
        new Line(words.text(MessageText.LABEL_WHERE), MeetingText.where(visit.meeting(), words)));
    MeetingText.link(visit.meeting())
        .ifPresent(link -> lines.add(new Line(words.text(MessageText.LABEL_LINK), link)));
    visit
        .clinician()
        .ifPresent(name -> lines.add(new Line(words.text(MessageText.LABEL_WITH), name)));
    lines.add(new Line(words.text(MessageText.LABEL_PHONE), phone));
    return List.copyOf(lines);
  }

  private static List<String> closing(MessageKind kind, String phone, Translation words) {
    String answer = words.text(MessageText.NO_ANSWER, phone);
    return kind.isReminder()
        ? List.of(answer, words.text(MessageText.UNSUBSCRIBE))
        : List.of(answer);
  }
}
