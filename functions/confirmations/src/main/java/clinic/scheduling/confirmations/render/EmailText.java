package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of an e-mail: when and where the visit is, with whom, and how to change it. They say
 * nothing else about the visit. {@link EmailBody} lays them out.
 *
 * @param language the BCP 47 name of the language, for {@code <html lang>}
 * @param manage how to change the visit; null for a cancelled one
 * @param closing how to reach the clinic, and for a reminder how to stop reminders
 */
record EmailText(
    String language,
    String subject,
    String greeting,
    String news,
    List<Fact> facts,
    @Nullable Manage manage,
    List<String> closing) {

  /** One fact with its name; the HTML shows the address of a web page as a link. */
  record Fact(String name, String value) {
    public boolean isLink() {
      return value.startsWith("https://") || value.startsWith("http://");
    }
  }

  /**
   * The link to the page of the visit.
   *
   * @param intro stands before the address in plain text
   * @param button stands on the link in HTML
   */
  record Manage(String intro, String button, String url) {}

  static EmailText of(
      MessageKind kind, Visit visit, String firstName, Practice practice, Translation words) {
    String phone = words.phone(practice.phone());
    return new EmailText(
        words.language(),
        words.text(kind.subject(), words.brief(visit.time().start(), visit.zone())),
        firstName.isEmpty()
            ? words.text(MessageText.GREETING_WITHOUT_NAME)
            : words.text(MessageText.GREETING, firstName),
        words.text(kind.news(), practice.name(), phone),
        facts(visit, phone, words),
        kind.isOff() ? null : manage(visit, words),
        closing(kind, phone, words));
  }

  private static List<Fact> facts(Visit visit, String phone, Translation words) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            words.text(MessageText.LABEL_DATE), words.day(visit.time().start(), visit.zone())));
    facts.add(
        new Fact(
            words.text(MessageText.LABEL_TIME), words.time(visit.time().start(), visit.zone())));
    facts.add(new Fact(words.text(MessageText.LABEL_WHERE), visit.meeting().where(words)));
    visit
        .meeting()
        .link()
        .ifPresent(link -> facts.add(new Fact(words.text(MessageText.LABEL_LINK), link)));
    visit
        .clinician()
        .ifPresent(name -> facts.add(new Fact(words.text(MessageText.LABEL_WITH), name)));
    facts.add(new Fact(words.text(MessageText.LABEL_PHONE), phone));
    return List.copyOf(facts);
  }

  private static Manage manage(Visit visit, Translation words) {
    return new Manage(
        words.text(MessageText.MANAGE_ADDRESS),
        words.text(MessageText.MANAGE_LINK),
        visit.manageUrl());
  }

  private static List<String> closing(MessageKind kind, String phone, Translation words) {
    String answer = words.text(MessageText.NO_ANSWER, phone);
    return kind.isReminder()
        ? List.of(answer, words.text(MessageText.UNSUBSCRIBE))
        : List.of(answer);
  }
}
