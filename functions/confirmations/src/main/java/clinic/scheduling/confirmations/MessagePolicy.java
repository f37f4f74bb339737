package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.confirmations.FindContact.Contact;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what one channel is told, if anything, and writes it down to the last byte, so that only
 * the call of the provider is left.
 */
@Singleton
final class MessagePolicy {
  private final ComposeMessage compose;
  private final LastNotified heard;
  private final Contacts contacts;
  private final Suppressions suppressions;
  private final ReachableChannels reach;
  private final ReportUntoldChanges untold;
  private final TextLimits limits;
  private final ProviderRecords records;
  private final Messages messages;
  private final Practice practice;
  private final Clock clock;

  @Inject
  MessagePolicy(
      ComposeMessage compose,
      LastNotified heard,
      Contacts contacts,
      Suppressions suppressions,
      ReachableChannels reach,
      ReportUntoldChanges untold,
      TextLimits limits,
      ProviderRecords records,
      Practice practice,
      Clock clock) {
    this.compose = compose;
    this.heard = heard;
    this.contacts = contacts;
    this.suppressions = suppressions;
    this.reach = reach;
    this.untold = untold;
    this.limits = limits;
    this.records = records;
    this.messages = practice.messages();
    this.practice = practice;
    this.clock = clock;
  }

  /** About a change: the step from what the patient last heard on this channel to now. */
  RenderedMessage write(Channel channel, MessageDecision.Due due) {
    VisitState now = due.standing();
    String view = now.view().orElseThrow(() -> ReadVisitState.later("a certain state"));
    Optional<LastNotified.Last> before = heard.on(channel, due.order().root());
    Optional<Change> step = step(due, before, view);
    if (step.isEmpty()) {
      return new RenderedMessage.NotWanted("known-already");
    }
    if (messages.silent().contains(step.get().word())) {
      return new RenderedMessage.NotWanted("switched-off");
    }
    int sequence = ((MessageRequest.About.Numbered) due.order().about()).sequence();
    LastNotified.Last after = new LastNotified.Last(sequence, view, now.time().start());
    MessageKind kind = MessageKind.of(step.get(), due.byPatient());
    if (channel == Channel.CHART) {
      return compose.chart(due.order(), now, kind, after);
    }
    RenderedMessage letter = write(channel, due.order(), now, kind, before, Optional.of(after));
    if (!(letter instanceof RenderedMessage.Ready) && reach.leavesUntold(now)) {
      untold.list(due.order());
    }
    return letter;
  }

  /** Whoever may have heard anything is told what has been recorded. */
  private Optional<Change> step(
      MessageDecision.Due due, Optional<LastNotified.Last> before, String now) {
    return before.filter(last -> last.view().equals(LastNotified.UNKNOWN)).isPresent()
        ? Optional.of(due.order().change())
        : PatientFingerprint.change(
            before.map(LastNotified.Last::view).or(due::assumed), now, practice);
  }

  /**
   * A reminder. Who has no number, agreed to none or opted out of texts may be reminded by e-mail,
   * and who has no address, a dead one, or agreed to none by text; who wants no mail gets no text
   * in its place.
   */
  RenderedMessage write(Channel channel, MessageDecision.DueReminder due) {
    return write(
        channel, due.order(), due.standing(), due.kind(), Optional.empty(), Optional.empty());
  }

  private RenderedMessage write(
      Channel channel,
      MessageRequest order,
      VisitState now,
      MessageKind kind,
      Optional<LastNotified.Last> before,
      Optional<LastNotified.Last> after) {
    Contact contact = contact(channel, order, now, kind);
    if (!(contact instanceof Contact.At at)) {
      return new RenderedMessage.Unreached(
          contact instanceof Contact.NoConsent ? "no-consent" : "no-contact");
    }
    String name = contacts.name(channel, at.address());
    if (suppressions.hold(name, kind.isReminder())) {
      return channel == Channel.SMS || suppressions.isDead(name)
          ? new RenderedMessage.Unreached(SendOnce.SUPPRESSED)
          : new RenderedMessage.NotWanted(SendOnce.SUPPRESSED);
    }
    return channel == Channel.EMAIL
        ? compose.mail(order, now, kind, at.address(), name, after)
        : text(order, now, kind, at.address(), before, after);
  }

  /** What a mail has not brought is said by text as it is to a patient whom no mail reaches. */
  private Contact contact(Channel channel, MessageRequest order, VisitState now, MessageKind kind) {
    if (kind.isReminder()) {
      return reach.forReminder(channel, now);
    }
    return channel == Channel.SMS && records.isUndelivered(order)
        ? reach.inPlaceOfMail(now)
        : reach.forChange(channel, now);
  }

  private RenderedMessage text(
      MessageRequest order,
      VisitState now,
      MessageKind kind,
      Phi<String> number,
      Optional<LastNotified.Last> before,
      Optional<LastNotified.Last> after) {
    Optional<Instant> opening =
        messages.quietHours().wait(clock.instant(), now.home(), nextStart(now, before));
    if (opening.isPresent()) {
      return new RenderedMessage.Later(opening.get());
    }
    String name = contacts.name(Channel.SMS, number);
    boolean otherwiseTold =
        kind.isReminder() || (!records.isUndelivered(order) && reach.mailReaches(now));
    if (otherwiseTold && limits.isReached(name, order, now.home())) {
      return new RenderedMessage.LeftToMail();
    }
    return compose
        .text(order, now, kind, number, name, after)
        .whenSent(() -> limits.count(name, order, now.home()));
  }

  /** When the patient would set out, by what they know or by what they are about to hear. */
  private Instant nextStart(VisitState now, Optional<LastNotified.Last> before) {
    Instant start = now.time().start();
    return before
        .filter(last -> !last.view().equals(PatientFingerprint.GONE))
        .map(LastNotified.Last::start)
        .filter(known -> known.isAfter(clock.instant()) && known.isBefore(start))
        .orElse(start);
  }
}
