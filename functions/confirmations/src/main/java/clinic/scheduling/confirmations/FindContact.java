package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import java.util.List;
import java.util.Optional;

/**
 * Where a patient is written to: on contact points of their own record alone, by the stricter of
 * what the record says and of what was ticked for the visit (the table of decision 25). Whoever
 * books is not known to be the patient, so their tick opens nothing that the record keeps shut, and
 * silences no address that the record itself holds as agreed to. Pure.
 */
final class FindContact {
  private FindContact() {}

  /** What the record says of a contact point. */
  enum Mark {
    /** The patient agreed; Canvas then takes it for verified as well. */
    AGREED,
    REFUSED,
    /** Nobody was asked. */
    UNSAID
  }

  /**
   * A contact point that can be written to.
   *
   * @param address an e-mail address, or a number in E.164
   */
  record Point(Phi<String> address, Mark mark) {}

  /** A contact point, or why there is none. */
  sealed interface Contact {
    record At(Phi<String> address) implements Contact {}

    record NoContact() implements Contact {}

    record NoConsent() implements Contact {}
  }

  /** A booking, move or cancellation: of these an address that is agreed to hears in any case. */
  static Contact mail(List<Point> addresses, Optional<Boolean> ticked) {
    Contact agreed = agreed(addresses);
    return agreed instanceof Contact.At ? agreed : byBoth(addresses, ticked);
  }

  /** Reminders, and everything by SMS: the record and the visit have to agree. */
  static Contact byBoth(List<Point> points, Optional<Boolean> ticked) {
    if (ticked.filter(yes -> !yes).isPresent()) {
      return none(points);
    }
    Contact agreed = agreed(points);
    return agreed instanceof Contact.At || ticked.isEmpty() ? agreed : first(points, Mark.UNSAID);
  }

  /** One that the record holds as agreed to, whatever was ticked for the visit. */
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
