package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.contact.ReachableChannels.Recipient;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.invite.Invite;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ShortLinks;
import clinic.scheduling.core.wiring.Settings;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Composes a message for one channel, in the patient's language. A message says when and where the
 * visit is, with whom, and how to change it. It says nothing else about the visit.
 *
 * <p>The mail about a change carries a calendar object (RFC 5546). Its UID is the same for all
 * changes of a visit, and its SEQUENCE is the number of the change. So a later mail moves or
 * removes the event that an earlier mail put into the patient's calendar. Such calendars are often
 * shared. Therefore the object never links to the page of the visit. It names the clinic, the
 * clinician and where the visit takes place. A reminder changes nothing and carries no calendar
 * object.
 */
@Singleton
public final class ComposeMessage {
  private final Template plain;
  private final Template html;
  private final ShortLinks links;
  private final Practice practice;
  private final Clock clock;
  private final String from;

  /**
   * Reads the templates and determines the sender of mails.
   *
   * @param api the host of its URL is the domain of the default sender, {@code
   *     appointments@<host>}; the practice document may name another sender
   */
  @Inject
  public ComposeMessage(
      @Location("email.txt") Template plain,
      @Location("email.html") Template html,
      ShortLinks links,
      Practice practice,
      Clock clock,
      Settings.PublicApi api) {
    this.plain = plain;
    this.html = html;
    this.links = links;
    this.practice = practice;
    this.clock = clock;
    this.from =
        practice
            .messages()
            .from()
            .orElseGet(
                () ->
                    "appointments@"
                        + Objects.requireNonNull(api.url().getHost(), "PUBLIC_URL has no host"));
  }

  /**
   * Composes the text message. The short link in it is stored before the text is sent, so that it
   * works when the patient opens it. A text about a cancelled visit has no link.
   */
  public RenderedMessage text(
      MessageRequest request,
      MessageKind kind,
      Visit visit,
      Translation words,
      Phi<String> number) {
    String link = kind.isCancellation() ? "" : links.url(request.root(), visit.time().end());
    return new RenderedMessage.Text(number, SmsText.of(kind, visit, link, practice, words));
  }

  /**
   * Composes the message in the chart.
   *
   * @param place the zone of the place where the visit is
   */
  public RenderedMessage chart(
      MessageKind kind,
      Instant start,
      ZoneId place,
      Translation words,
      String patient,
      String practitioner) {
    String text = words.text(kind.subject(), words.brief(start, place));
    return new RenderedMessage.Chart(patient, practitioner, Phi.of(text));
  }

  /**
   * Composes the mail as it is sent, in ASCII.
   *
   * @param firstName the patient's first name; empty if the mail greets without a name
   */
  public RenderedMessage.Mail mail(
      MessageRequest request,
      MessageKind kind,
      Visit visit,
      Phi<String> firstName,
      Translation words,
      Recipient.At to) {
    Instant now = clock.instant();
    EmailText text = emailText(kind, visit, firstName.value(), words);
    EmailMessage message =
        new EmailMessage(
            practice.name(),
            from,
            to.address().value(),
            text.subject(),
            plain(text),
            html(text),
            invite(request, kind, visit, to.address(), now, words),
            kind.isReminder() ? Optional.of(unsubscribe(to.contact())) : Optional.empty(),
            request.key());
    return new RenderedMessage.Mail(message.bytes(now), request.tag(), to.contact());
  }

  /**
   * Composes the mail with a code. It greets nobody by name, because it may reach somebody else,
   * and has no link and no calendar object.
   *
   * @param id identifies the mail; the same code always gets the same Message-ID
   */
  public RenderedMessage.Mail codeMail(String id, String code, Translation words, Recipient.At to) {
    EmailText text =
        new EmailText(
            words.language(),
            words.text(MessageText.SUBJECT_CODE, practice.name(), code),
            words.text(MessageText.GREETING_WITHOUT_NAME),
            words.text(MessageText.NEWS_CODE, practice.name()),
            List.of(fact(words.text(MessageText.LABEL_CODE), code)),
            null,
            List.of(
                words.text(MessageText.CODE_IGNORE),
                words.text(MessageText.NO_ANSWER, words.phone(practice.phone()))));
    EmailMessage message =
        new EmailMessage(
            practice.name(),
            from,
            to.address().value(),
            text.subject(),
            plain(text),
            html(text),
            Optional.empty(),
            Optional.empty(),
            id);
    return new RenderedMessage.Mail(
        message.bytes(clock.instant()), MessageRequest.TAG_OF_CODES, to.contact());
  }

  /** Composes the text message with a code. */
  public RenderedMessage codeText(String code, Translation words, Phi<String> number) {
    return new RenderedMessage.Text(number, SmsText.ofCode(code, practice, words));
  }

  EmailText emailText(MessageKind kind, Visit visit, String firstName, Translation words) {
    String phone = words.phone(practice.phone());
    return new EmailText(
        words.language(),
        words.text(kind.subject(), words.brief(visit.time().start(), visit.zone())),
        firstName.isEmpty()
            ? words.text(MessageText.GREETING_WITHOUT_NAME)
            : words.text(MessageText.GREETING, firstName),
        words.text(kind.news(), practice.name(), phone),
        facts(visit, phone, words),
        kind.isCancellation() ? null : manage(visit, words),
        closing(kind, phone, words));
  }

  private static List<EmailText.Fact> facts(Visit visit, String phone, Translation words) {
    List<EmailText.Fact> facts = new ArrayList<>();
    facts.add(
        fact(words.text(MessageText.LABEL_DATE), words.day(visit.time().start(), visit.zone())));
    facts.add(
        fact(words.text(MessageText.LABEL_TIME), words.time(visit.time().start(), visit.zone())));
    facts.add(fact(words.text(MessageText.LABEL_WHERE), visit.meeting().where(words)));
    visit
        .meeting()
        .link()
        .ifPresent(link -> facts.add(fact(words.text(MessageText.LABEL_LINK), link)));
    visit.clinician().ifPresent(name -> facts.add(fact(words.text(MessageText.LABEL_WITH), name)));
    facts.add(fact(words.text(MessageText.LABEL_PHONE), phone));
    return List.copyOf(facts);
  }

  private static EmailText.Manage manage(Visit visit, Translation words) {
    return new EmailText.Manage(
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

  private static EmailText.Fact fact(String name, String value) {
    return new EmailText.Fact(
        name, value, value.startsWith("https://") || value.startsWith("http://"));
  }

  String plain(EmailText text) {
    return rendered(plain, text);
  }

  /**
   * The HTML of a mail. Qute escapes every value in the HTML. The HTML loads nothing from other
   * servers.
   */
  String html(EmailText text) {
    return rendered(html, text);
  }

  private String rendered(Template template, EmailText text) {
    return template.data("mail", text).data("clinic", practice.name()).render();
  }

  /**
   * The mailto link for unsubscribing. Its subject names the contact point, and {@code
   * ParseDeliveryEvent} reads the subject.
   */
  private String unsubscribe(String contact) {
    return "mailto:" + from + "?subject=unsubscribe-" + contact;
  }

  private Optional<Invite> invite(
      MessageRequest request,
      MessageKind kind,
      Visit visit,
      Phi<String> to,
      Instant stamp,
      Translation words) {
    return request
        .sequence()
        .map(
            sequence ->
                new Invite(
                    kind.isCancellation() ? Invite.Method.CANCEL : Invite.Method.REQUEST,
                    Invite.uidOf(request.root()),
                    sequence,
                    stamp,
                    visit.time().start(),
                    visit.time().end(),
                    visit
                        .clinician()
                        .map(name -> words.text(MessageText.INVITE_WITH, name))
                        .orElse(words.text(MessageText.INVITE, practice.name())),
                    practice.name() + ", " + words.phone(practice.phone()),
                    visit.meeting().link().orElse(visit.meeting().where(words)),
                    practice.name(),
                    from,
                    Optional.of(to.value())));
  }

  /** A message that is ready to be handed to its provider. */
  public sealed interface RenderedMessage {

    /** Calls the function of this case and returns its result. */
    <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart);

    /**
     * A mail.
     *
     * @param mime the whole mail, in ASCII
     * @param tag {@code MessageRequest.tag}; every report about the mail returns it
     * @param contact the {@code Contacts.name} of the recipient's address; every report returns it,
     *     too
     */
    record Mail(byte[] mime, String tag, String contact) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return mail.apply(this);
      }
    }

    /**
     * A text message.
     *
     * @param number the recipient's number in E.164
     */
    record Text(Phi<String> number, String text) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return text.apply(this);
      }
    }

    /**
     * A message in the chart.
     *
     * @param patient the Canvas id of the recipient
     * @param practitioner the Canvas id of the clinician who appears as the sender
     */
    record Chart(String patient, String practitioner, Phi<String> text) implements RenderedMessage {
      @Override
      public <R> R fold(Function<Mail, R> mail, Function<Text, R> text, Function<Chart, R> chart) {
        return chart.apply(this);
      }
    }
  }
}
