package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.FindContact.Contact;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Which channels reach the patient of a visit, and whether any does. */
@Singleton
final class ReachableChannels {
  private final Contacts contacts;
  private final Suppressions suppressions;
  private final Messages messages;

  @Inject
  ReachableChannels(Contacts contacts, Suppressions suppressions, Practice practice) {
    this.contacts = contacts;
    this.suppressions = suppressions;
    this.messages = practice.messages();
  }

  /** For a reminder. */
  Contact forReminder(Channel channel, VisitState now) {
    return FindContact.byBoth(points(channel, now), ticked(channel, now));
  }

  /**
   * For a booking, move or cancellation. A number that is agreed to hears of it in place of an
   * e-mail address where no mail reaches the patient, whatever was ticked: somebody has to. Where
   * the tick of a promised visit is lost, an address that the record does not refuse hears of it.
   */
  Contact forChange(Channel channel, VisitState now) {
    List<FindContact.Point> all = points(channel, now);
    if (channel == Channel.EMAIL) {
      return FindContact.mail(all, now.isTickLost() ? Optional.of(true) : ticked(channel, now));
    }
    Contact both = FindContact.byBoth(all, ticked(channel, now));
    return both instanceof Contact.NoConsent && !mailReaches(now) ? inPlaceOfMail(now) : both;
  }

  /** By text, of a change that no mail has brought to the patient. */
  Contact inPlaceOfMail(VisitState now) {
    Contact both = FindContact.byBoth(now.numbers(), ticked(Channel.SMS, now));
    return both instanceof Contact.NoConsent ? FindContact.agreed(now.numbers()) : both;
  }

  boolean mailReaches(VisitState now) {
    return isUsed(Channel.EMAIL) && reaches(Channel.EMAIL, forChange(Channel.EMAIL, now));
  }

  /**
   * Whether no channel tells the patient of a change although they want to hear of it: one was
   * ticked, nobody knows any more what was, or nothing that they have can be written to. Whoever
   * refused everything does not.
   */
  boolean leavesUntold(VisitState now) {
    List<Channel> used = List.of(Channel.EMAIL, Channel.SMS).stream().filter(this::isUsed).toList();
    List<Contact> found = used.stream().map(channel -> forChange(channel, now)).toList();
    boolean told =
        used.stream().anyMatch(channel -> reaches(channel, found.get(used.indexOf(channel))));
    boolean wanted =
        now.isTickLost()
            || used.stream().anyMatch(channel -> ticked(channel, now).orElse(false))
            || found.stream().anyMatch(Contact.At.class::isInstance)
            || found.stream().allMatch(Contact.NoContact.class::isInstance);
    return !told && wanted;
  }

  private boolean isUsed(Channel channel) {
    return messages.channels().contains(channel.word());
  }

  private boolean reaches(Channel channel, Contact contact) {
    return contact instanceof Contact.At at
        && !suppressions.hold(contacts.name(channel, at.address()), false);
  }

  private static List<FindContact.Point> points(Channel channel, VisitState now) {
    return switch (channel) {
      case EMAIL -> now.addresses();
      case SMS -> now.numbers();
      case CHART -> List.of();
    };
  }

  private static Optional<Boolean> ticked(Channel channel, VisitState now) {
    return now.consent().map(channel == Channel.EMAIL ? Consent::email : Consent::sms);
  }
}
