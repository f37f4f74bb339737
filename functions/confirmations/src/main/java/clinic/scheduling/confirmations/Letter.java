package clinic.scheduling.confirmations;

import java.util.function.Supplier;

/** A message that is ready, or the reason why there is none. */
sealed interface Letter {

  /** Everything is written; {@code send} is the call of the provider alone. */
  record Ready(Supplier<Sending> send) implements Letter {}

  /** The patient is not written to on this channel. */
  record NotWanted(String why) implements Letter {}
}
