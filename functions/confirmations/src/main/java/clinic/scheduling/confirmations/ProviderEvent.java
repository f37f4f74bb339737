package clinic.scheduling.confirmations;

import clinic.scheduling.core.Phi;
import java.util.List;
import java.util.Optional;

/** What a provider or a patient's answer says. */
sealed interface ProviderEvent {

  /** A message of ours, by the two parts of its name. */
  record Name(String root, String name) {}

  /** SES has handed the mail over. */
  record Delivered(Optional<Name> message, String external) implements ProviderEvent {}

  /**
   * An address that is not to be written to again: it does not exist, or its owner complained.
   *
   * @param why a fixed word
   */
  record Refused(List<Phi<String>> addresses, String why, Optional<Name> message, String external)
      implements ProviderEvent {}

  /** A text message from a patient. */
  record Answer(Phi<String> number, Phi<String> words) implements ProviderEvent {}

  /**
   * A mail to the address of {@code List-Unsubscribe}.
   *
   * @param contact the name of the contact point that it carries
   */
  record Unsubscribed(String contact) implements ProviderEvent {}

  /** Nothing to act on. */
  record Nothing(String kind) implements ProviderEvent {}
}
