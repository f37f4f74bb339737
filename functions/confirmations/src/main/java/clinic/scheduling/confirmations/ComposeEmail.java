package clinic.scheduling.confirmations;

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
 * Writes the e-mail about one change, or a reminder. The calendar object keeps the visit's UID for
 * life and takes the number of the change as its SEQUENCE, so that a later mail moves or removes
 * what an earlier one put into the patient's calendar. It lands in shared calendars: it names the
 * clinic, the clinician and the place, and carries no link to manage the visit. A reminder changes
 * nothing and has none.
 */
@Singleton
final class ComposeEmail {
  private final Practice practice;
  private final Clock clock;
  private final String from;

  /**
   * @param api mails come from {@code appointments@} its host where the practice document names no
   *     sender
   */
  @Inject
  ComposeEmail(Practice practice, Clock clock, Settings.PublicApi api) {
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
   * The mail as bytes, none of them beyond ASCII.
   *
   * @param contact the name of the contact point, {@link Contacts#name}
   */
  byte[] mime(
      MessageRequest order,
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
            EmailBody.plain(text, practice.name()),
            EmailBody.html(text, practice.name()),
            invite(order, kind, visit, to, now, words),
            kind.isReminder() ? Optional.of(unsubscribe(contact)) : Optional.empty(),
            order.key())
        .bytes(now);
  }

  /**
   * A mail to the sender that names the contact point; {@link ParseDeliveryEvent} knows it again.
   */
  private String unsubscribe(String contact) {
    return "mailto:" + from + "?subject=unsubscribe-" + contact;
  }

  private Optional<Invite> invite(
      MessageRequest order,
      MessageKind kind,
      Visit visit,
      Phi<String> to,
      Instant stamp,
      Translation words) {
    if (!(order.about() instanceof MessageRequest.About.Numbered change)) {
      return Optional.empty();
    }
    return Optional.of(
        new Invite(
            kind.isOff() ? Invite.Method.CANCEL : Invite.Method.REQUEST,
            Invite.uidOf(order.root()),
            change.sequence(),
            stamp,
            visit.time().start(),
            visit.time().end(),
            visit
                .clinician()
                .map(name -> words.text(MessageText.INVITE_WITH, name))
                .orElse(words.text(MessageText.INVITE, practice.name())),
            practice.name() + ", " + PhoneText.of(practice.phone()),
            MeetingText.link(visit.meeting()).orElse(MeetingText.where(visit.meeting(), words)),
            practice.name(),
            from,
            Optional.of(to.value())));
  }
}
