package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import java.util.Optional;

/** What a provider or a patient's answer says. */
sealed interface ProviderEvent {

  /** A message of ours, by the two parts of its name. */
  record Name(String root, String name) {}

  /**
   * A mail of ours, known again by what we gave it. Whose addresses the report itself names is of
   * no account: behind a forwarding they are a stranger's.
   *
   * @param contact the name of the contact point that it was sent to, {@link Contacts#name}
   * @param to the address that it was sent to, for a mail that was sent without that name
   * @param external the id under which SES has it
   */
  record Mail(
      Optional<Name> message,
      Optional<String> contact,
      Optional<Phi<String>> to,
      String external) {}

  /** SES has handed the mail over. */
  record Delivered(Mail mail) implements ProviderEvent {}

  /**
   * The contact point is not to be written to again: it does not exist, or its owner complained.
   *
   * @param why a fixed word
   */
  record Refused(Mail mail, String why) implements ProviderEvent {}

  /**
   * The mail did not arrive and will not; the next one may.
   *
   * @param why a fixed word
   */
  record Undelivered(Mail mail, String why) implements ProviderEvent {}

  /** SES is still trying. */
  record Delayed(Mail mail) implements ProviderEvent {}

  /**
   * A text message from a patient.
   *
   * @param id the one that AWS gave it
   */
  record Answer(String id, Phi<String> number, Phi<String> words) implements ProviderEvent {}

  /**
   * A mail to the address of {@code List-Unsubscribe}.
   *
   * @param contact the name of the contact point that it carries
   */
  record Unsubscribed(String contact) implements ProviderEvent {}

  /** Nothing to act on. */
  record Nothing(String kind) implements ProviderEvent {}
}
