package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientView;
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
final class Letters {
  private final Compose compose;
  private final Heard heard;
  private final Contacts contacts;
  private final Suppressions suppressions;
  private final Reach reach;
  private final Untold untold;
  private final TextLimits limits;
  private final ProviderRecords records;
  private final Messages messages;
  private final Practice practice;
  private final Clock clock;

  @Inject
  Letters(
      Compose compose,
      Heard heard,
      Contacts contacts,
      Suppressions suppressions,
      Reach reach,
      Untold untold,
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
  Letter write(Channel channel, News.Due due) {
    Standing now = due.standing();
    String view = now.view().orElseThrow(() -> ReadStanding.later("a certain state"));
    Optional<Heard.Last> before = heard.on(channel, due.order().root());
    Optional<Change> step = step(due, before, view);
    if (step.isEmpty()) {
      return new Letter.NotWanted("known-already");
    }
    if (messages.silent().contains(step.get().word())) {
      return new Letter.NotWanted("switched-off");
    }
    int sequence = ((Order.About.Numbered) due.order().about()).sequence();
    Heard.Last after = new Heard.Last(sequence, view, now.time().start());
    Kind kind = Kind.of(step.get(), due.byPatient());
    if (channel == Channel.CHART) {
      return compose.chart(due.order(), now, kind, after);
    }
    Letter letter = write(channel, due.order(), now, kind, before, Optional.of(after));
    if (!(letter instanceof Letter.Ready) && reach.leavesUntold(now)) {
      untold.list(due.order());
    }
    return letter;
  }

  /** Whoever may have heard anything is told what has been recorded. */
  private Optional<Change> step(News.Due due, Optional<Heard.Last> before, String now) {
    return before.filter(last -> last.view().equals(Heard.UNKNOWN)).isPresent()
        ? Optional.of(due.order().change())
        : PatientView.change(before.map(Heard.Last::view).or(due::assumed), now, practice);
  }

  /**
   * A reminder. Who has no number, agreed to none or opted out of texts may be reminded by e-mail,
   * and who has no address, a dead one, or agreed to none by text; who wants no mail gets no text
   * in its place.
   */
  Letter write(Channel channel, News.DueReminder due) {
    return write(
        channel, due.order(), due.standing(), due.kind(), Optional.empty(), Optional.empty());
  }

  private Letter write(
      Channel channel,
      Order order,
      Standing now,
      Kind kind,
      Optional<Heard.Last> before,
      Optional<Heard.Last> after) {
    Contact contact = contact(channel, order, now, kind);
    if (!(contact instanceof Contact.At at)) {
      return new Letter.Unreached(
          contact instanceof Contact.NoConsent ? "no-consent" : "no-contact");
    }
    String name = contacts.name(channel, at.address());
    if (suppressions.hold(name, kind.isReminder())) {
      return channel == Channel.SMS || suppressions.isDead(name)
          ? new Letter.Unreached(SendOnce.SUPPRESSED)
          : new Letter.NotWanted(SendOnce.SUPPRESSED);
    }
    return channel == Channel.EMAIL
        ? compose.mail(order, now, kind, at.address(), name, after)
        : text(order, now, kind, at.address(), before, after);
  }

  /** What a mail has not brought is said by text as it is to a patient whom no mail reaches. */
  private Contact contact(Channel channel, Order order, Standing now, Kind kind) {
    if (kind.isReminder()) {
      return reach.forReminder(channel, now);
    }
    return channel == Channel.SMS && records.isUndelivered(order)
        ? reach.inPlaceOfMail(now)
        : reach.forChange(channel, now);
  }

  private Letter text(
      Order order,
      Standing now,
      Kind kind,
      Phi<String> number,
      Optional<Heard.Last> before,
      Optional<Heard.Last> after) {
    Optional<Instant> opening =
        messages.quietHours().wait(clock.instant(), now.home(), nextStart(now, before));
    if (opening.isPresent()) {
      return new Letter.Later(opening.get());
    }
    String name = contacts.name(Channel.SMS, number);
    boolean otherwiseTold =
        kind.isReminder() || (!records.isUndelivered(order) && reach.mailReaches(now));
    if (otherwiseTold && limits.isReached(name, order, now.home())) {
      return new Letter.LeftToMail();
    }
    return compose
        .text(order, now, kind, number, name, after)
        .whenSent(() -> limits.count(name, order, now.home()));
  }

  /** When the patient would set out, by what they know or by what they are about to hear. */
  private Instant nextStart(Standing now, Optional<Heard.Last> before) {
    Instant start = now.time().start();
    return before
        .filter(last -> !last.view().equals(PatientView.GONE))
        .map(Heard.Last::start)
        .filter(known -> known.isAfter(clock.instant()) && known.isBefore(start))
        .orElse(start);
  }
}
