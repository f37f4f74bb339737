package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import clinic.scheduling.core.invite.Invite;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes the e-mail about one change. The calendar object keeps the visit's UID for life and takes
 * the number of the change as its SEQUENCE, so that a later mail moves or removes what an earlier
 * one put into the patient's calendar. It lands in shared calendars: it names the clinic, the
 * clinician and the place, and carries no link to manage the visit.
 */
@Singleton
final class WriteInvitation {
  private final Practice practice;
  private final Clock clock;
  private final String from;

  /**
   * @param publicUrl {@code PUBLIC_URL}; mails come from {@code appointments@} its host where the
   *     practice document names no sender
   */
  @Inject
  WriteInvitation(
      Practice practice, Clock clock, @ConfigProperty(name = "PUBLIC_URL") String publicUrl) {
    this.practice = practice;
    this.clock = clock;
    this.from =
        practice
            .messages()
            .from()
            .orElseGet(
                () ->
                    "appointments@"
                        + Objects.requireNonNull(
                            URI.create(publicUrl).getHost(), "PUBLIC_URL has no host"));
  }

  /** The mail as bytes, none of them beyond ASCII. */
  byte[] mime(Order order, Visit visit, Phi<String> firstName, Phi<String> to) {
    Instant now = clock.instant();
    EmailText text = EmailText.of(order.change(), visit, firstName.value(), practice);
    String phone = PhoneText.of(practice.phone());
    return new InvitationMail(
            practice.name(),
            from,
            to.value(),
            text.subject(),
            EmailBody.plain(text, practice.name(), phone),
            EmailBody.html(text, practice.name(), phone),
            invite(order, visit, to, now),
            order.key())
        .bytes(now);
  }

  private Invite invite(Order order, Visit visit, Phi<String> to, Instant stamp) {
    return new Invite(
        method(order.change()),
        Invite.uidOf(order.root()),
        order.sequence(),
        stamp,
        visit.time().start(),
        visit.time().end(),
        visit.clinician().map(name -> "Visit with " + name).orElse("Visit: " + practice.name()),
        practice.name() + ", " + PhoneText.of(practice.phone()),
        MeetingText.link(visit.meeting()).orElse(MeetingText.where(visit.meeting())),
        practice.name(),
        from,
        Optional.of(to.value()));
  }

  private static Invite.Method method(Change change) {
    return switch (change) {
      case BOOKED, MOVED -> Invite.Method.REQUEST;
      case CANCELLED -> Invite.Method.CANCEL;
    };
  }
}
