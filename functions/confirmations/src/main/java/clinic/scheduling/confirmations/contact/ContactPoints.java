package clinic.scheduling.confirmations.contact;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.visit.Consent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The contact points of a patient for one visit, and which of them a message may use. Only contact
 * points of the patient's own record are used. Of what the record says and what was ticked for the
 * visit the stricter holds (docs/decisions/0025): whoever books need not be the patient, so their
 * tick permits nothing that the record refuses, and switches off no address to which the record
 * holds an agreement.
 *
 * <p>Pure.
 *
 * @param addresses of the patient's record, for e-mail
 * @param numbers of the patient's record, for SMS
 * @param consent what was ticked when the visit was booked through us
 * @param isConsentLost whether we promised the visit to the patient, and what was ticked is no
 *     longer in the table
 */
public record ContactPoints(
    List<Point> addresses, List<Point> numbers, Optional<Consent> consent, boolean isConsentLost) {

  List<Point> on(Channel channel) {
    return switch (channel) {
      case EMAIL -> addresses;
      case SMS -> numbers;
      case CHART -> List.of();
    };
  }

  Optional<Boolean> ticked(Channel channel) {
    return consent.map(channel == Channel.EMAIL ? Consent::email : Consent::sms);
  }

  /** What the record says of a contact point. */
  public enum Mark {
    /** The patient agreed; Canvas then treats the contact point as verified, too. */
    AGREED,
    REFUSED,
    /** Nobody has asked the patient. */
    UNSAID
  }

  /**
   * A contact point that can be written to.
   *
   * @param address an e-mail address, or a number in E.164
   */
  public record Point(Phi<String> address, Mark mark) {}

  /** A contact point, or why there is none. */
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

    /** Whether the patient has contact points, and agreed to none. */
    default boolean isWithoutConsent() {
      return fold(at -> false, noContact -> false, noConsent -> true);
    }

    /** The patient is written to here. */
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

  /** A mail about a change: an address that the record agrees to gets it in any case. */
  static Contact mail(List<Point> addresses, Optional<Boolean> ticked) {
    Contact agreed = agreed(addresses);
    return agreed.address().isPresent() ? agreed : byBoth(addresses, ticked);
  }

  /** Reminders, and everything by SMS: both the record and the visit have to agree. */
  static Contact byBoth(List<Point> points, Optional<Boolean> ticked) {
    if (ticked.filter(yes -> !yes).isPresent()) {
      return none(points);
    }
    Contact agreed = agreed(points);
    return agreed.address().isPresent() || ticked.isEmpty() ? agreed : first(points, Mark.UNSAID);
  }

  /** The first that the record agrees to, whatever was ticked for the visit. */
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
}
