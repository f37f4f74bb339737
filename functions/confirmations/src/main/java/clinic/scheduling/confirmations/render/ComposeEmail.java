package clinic.scheduling.confirmations.render;

import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.invite.Invite;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the e-mail about one change, or a reminder.
 *
 * <p>The mail about a change carries a calendar object (RFC 5546). Its UID stays the same for all
 * changes of a visit and its SEQUENCE is the number of the change, so a later mail moves or removes
 * the event that an earlier one put into the patient's calendar. Such calendars are often shared:
 * the object names the clinic, the clinician and the place, and never links to the page of the
 * visit. A reminder changes nothing and carries no calendar object.
 */
@Singleton
public final class ComposeEmail {
  private final EmailBody body;
  private final Practice practice;
  private final Clock clock;
  private final String from;

  /**
   * @param api the sender is {@code appointments@} its host, unless the practice document names
   *     another
   */
  @Inject
  public ComposeEmail(EmailBody body, Practice practice, Clock clock, Settings.PublicApi api) {
    this.body = body;
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
   * The mail as it is sent, in ASCII.
   *
   * @param contact the name of the contact point, {@code Contacts.name}
   */
  public byte[] mime(
      MessageRequest request,
      MessageKind kind,
      Visit visit,
      Phi<String> firstName,
      Phi<String> to,
      String contact,
      Translation words) {
    Instant now = clock.instant();
    EmailText text = EmailText.of(kind, visit, firstName.value(), practice, words);
    return new EmailMessage(
            practice.name(),
            from,
            to.value(),
            text.subject(),
            body.plain(text, practice.name()),
            body.html(text, practice.name()),
            invite(request, kind, visit, to, now, words),
            kind.isReminder() ? Optional.of(unsubscribe(contact)) : Optional.empty(),
            request.key())
        .bytes(now);
  }

  /** A mail to the sender that names the contact point; {@code ParseDeliveryEvent} reads it. */
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
                    kind.isOff() ? Invite.Method.CANCEL : Invite.Method.REQUEST,
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
}
