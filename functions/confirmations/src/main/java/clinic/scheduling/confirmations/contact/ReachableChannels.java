package clinic.scheduling.confirmations.contact;

import clinic.scheduling.confirmations.contact.ReadContactPoints.ContactPoints;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Mark;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Point;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides which channels reach the patient of a visit, and at which contact point. We use only
 * contact points in the patient's own record.
 *
 * <p>If the record and the booking form disagree, the stricter one usually wins
 * (docs/decisions/0025). The person who booked need not be the patient. So a tick of theirs cannot
 * permit what the record refuses. A missing tick cannot stop a mail about a change to an address
 * that the patient agreed to in the record.
 *
 * <p>A suppressed contact point is never used ({@link Contacts}).
 */
@Singleton
public final class ReachableChannels {
  private static final String SUPPRESSED = "suppressed";

  private final Contacts contacts;
  private final Messages messages;

  @Inject
  public ReachableChannels(Contacts contacts, Practice practice) {
    this.contacts = contacts;
    this.messages = practice.messages();
  }

  /** The contact point that gets a message on a channel, or the reason why none does. */
  public sealed interface Recipient {

    /** Calls the function of this case and returns its result. */
    <R> R fold(Function<At, R> at, Function<Unreachable, R> unreachable, Supplier<R> declined);

    /**
     * The message goes to this contact point.
     *
     * @param address an e-mail address, or a number in E.164
     * @param contact the {@link Contacts#name} of the contact point
     */
    record At(Phi<String> address, String contact) implements Recipient {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<Unreachable, R> unreachable, Supplier<R> declined) {
        return at.apply(this);
      }
    }

    /**
     * The patient cannot or must not be reached on this channel. A reminder then tries another
     * channel.
     *
     * @param why a fixed word for the log
     */
    record Unreachable(String why) implements Recipient {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<Unreachable, R> unreachable, Supplier<R> declined) {
        return unreachable.apply(this);
      }
    }

    /** The owner of the address wants no mail. A reminder then tries no other channel. */
    record Declined() implements Recipient {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<Unreachable, R> unreachable, Supplier<R> declined) {
        return declined.get();
      }
    }
  }

  /**
   * The contact point for a reminder. The result also decides whether a reminder may use another
   * channel:
   *
   * <ul>
   *   <li>A patient may be reminded by e-mail if they have no number, or no number with consent, or
   *       if they have opted out of texts.
   *   <li>A patient may be reminded by text if they have no address, or no address with consent, or
   *       if mail to the address bounced.
   *   <li>A patient who unsubscribed from mail, or complained about it, gets no text instead.
   * </ul>
   */
  public Recipient forReminder(Channel channel, ContactPoints patient) {
    return recipient(channel, byBoth(patient.on(channel), patient.ticked(channel)), true);
  }

  public Recipient forChange(Channel channel, ContactPoints patient) {
    return recipient(channel, contactForChange(channel, patient), false);
  }

  /**
   * The contact point for a text about a change, if the mail about the same change did not arrive.
   */
  public Recipient inPlaceOfMail(ContactPoints patient) {
    return recipient(Channel.SMS, contactInPlaceOfMail(patient), false);
  }

  private Recipient recipient(Channel channel, Contact contact, boolean isReminder) {
    return contact.fold(
        at -> recipient(channel, at.found(), isReminder),
        noContact -> new Recipient.Unreachable("no-contact"),
        noConsent -> new Recipient.Unreachable("no-consent"));
  }

  private Recipient recipient(Channel channel, Phi<String> address, boolean isReminder) {
    String name = contacts.name(channel, address);
    if (!contacts.isSuppressed(name, isReminder)) {
      return new Recipient.At(address, name);
    }
    return channel == Channel.SMS || contacts.hasBounced(name)
        ? new Recipient.Unreachable(SUPPRESSED)
        : new Recipient.Declined();
  }

  /**
   * The contact point for a message about a change. There are two exceptions from the usual rule:
   *
   * <ul>
   *   <li>If no mail reaches the patient, we text a number with consent in the record, whatever was
   *       ticked, because the patient must learn of the change.
   *   <li>If we promised the visit and the consent is missing from our table, we mail an address
   *       that the record does not refuse.
   * </ul>
   */
  private Contact contactForChange(Channel channel, ContactPoints patient) {
    if (channel == Channel.EMAIL) {
      return mail(
          patient.addresses(),
          patient.isConsentLost() ? Optional.of(true) : patient.ticked(channel));
    }
    Contact both = byBoth(patient.on(channel), patient.ticked(channel));
    return both.isWithoutConsent() && !mailReaches(patient) ? contactInPlaceOfMail(patient) : both;
  }

  private static Contact contactInPlaceOfMail(ContactPoints patient) {
    Contact both = byBoth(patient.numbers(), patient.ticked(Channel.SMS));
    return both.isWithoutConsent() ? agreed(patient.numbers()) : both;
  }

  public boolean mailReaches(ContactPoints patient) {
    return isUsed(Channel.EMAIL)
        && isReached(Channel.EMAIL, contactForChange(Channel.EMAIL, patient));
  }

  /**
   * Whether no channel reaches a patient who wants to be told about changes. We assume that a
   * patient wants this if one of the following is true:
   *
   * <ul>
   *   <li>A channel was ticked on the booking form.
   *   <li>The consent from the booking form is missing from our table.
   *   <li>A contact point has consent.
   *   <li>The record has no contact point that can be written to.
   * </ul>
   *
   * <p>A patient who refused every channel does not want it.
   */
  public boolean leavesUntold(ContactPoints patient) {
    List<Channel> used = List.of(Channel.EMAIL, Channel.SMS).stream().filter(this::isUsed).toList();
    List<Contact> found = used.stream().map(channel -> contactForChange(channel, patient)).toList();
    boolean told =
        used.stream().anyMatch(channel -> isReached(channel, found.get(used.indexOf(channel))));
    boolean wanted =
        patient.isConsentLost()
            || used.stream().anyMatch(channel -> patient.ticked(channel).orElse(false))
            || found.stream().anyMatch(contact -> contact.address().isPresent())
            || found.stream()
                .allMatch(contact -> contact.address().isEmpty() && !contact.isWithoutConsent());
    return !told && wanted;
  }

  private boolean isUsed(Channel channel) {
    return messages.channels().contains(channel.word());
  }

  private boolean isReached(Channel channel, Contact contact) {
    return contact
        .address()
        .filter(address -> !contacts.isSuppressed(contacts.name(channel, address), false))
        .isPresent();
  }

  /**
   * The address for a mail about a change. An address with consent in the record is used, whatever
   * was ticked.
   */
  static Contact mail(List<Point> addresses, Optional<Boolean> ticked) {
    Contact agreed = agreed(addresses);
    return agreed.address().isPresent() ? agreed : byBoth(addresses, ticked);
  }

  /**
   * The contact point by the usual rule: neither the record nor the booking form refuses it, and at
   * least one of them agrees.
   */
  static Contact byBoth(List<Point> points, Optional<Boolean> ticked) {
    if (ticked.filter(yes -> !yes).isPresent()) {
      return none(points);
    }
    Contact agreed = agreed(points);
    return agreed.address().isPresent() || ticked.isEmpty() ? agreed : first(points, Mark.UNSAID);
  }

  /** The first contact point with consent in the record, whatever was ticked for the visit. */
  static Contact agreed(List<Point> points) {
    return first(points, Mark.AGREED);
  }

  private static Contact first(List<Point> points, Mark mark) {
    return points.stream()
        .filter(point -> point.mark() == mark)
        .findFirst()
        .<Contact>map(point -> new Contact.At(point.address()))
        .orElseGet(() -> none(points));
  }

  private static Contact none(List<Point> points) {
    return points.isEmpty() ? new Contact.NoContact() : new Contact.NoConsent();
  }

  /** A contact point, or the reason why there is none. */
  sealed interface Contact {

    /** Calls the function of this case and returns its result. */
    <R> R fold(
        Function<At, R> at, Function<NoContact, R> noContact, Function<NoConsent, R> noConsent);

    default Optional<Phi<String>> address() {
      return fold(
          at -> Optional.of(at.found()),
          noContact -> Optional.empty(),
          noConsent -> Optional.empty());
    }

    /** Whether the record has contact points, but none of them may be written to. */
    default boolean isWithoutConsent() {
      return fold(at -> false, noContact -> false, noConsent -> true);
    }

    /** A contact point that may be written to. */
    record At(Phi<String> found) implements Contact {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<NoContact, R> noContact, Function<NoConsent, R> noConsent) {
        return at.apply(this);
      }
    }

    /** The record has no contact point that can be written to. */
    record NoContact() implements Contact {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<NoContact, R> noContact, Function<NoConsent, R> noConsent) {
        return noContact.apply(this);
      }
    }

    /** The record has contact points, and none may be written to. */
    record NoConsent() implements Contact {
      @Override
      public <R> R fold(
          Function<At, R> at, Function<NoContact, R> noContact, Function<NoConsent, R> noConsent) {
        return noConsent.apply(this);
      }
    }
  }
}
