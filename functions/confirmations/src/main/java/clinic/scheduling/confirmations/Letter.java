package clinic.scheduling.confirmations;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A message that is ready, or the reason why there is none. */
sealed interface Letter {

  /**
   * Everything is written; {@code send} is the call of the provider alone.
   *
   * @param heard what the patient then knows of the visit; empty for a reminder
   * @param counts against which caps; empty for what goes to nobody's address or number
   * @param sent is done once it went out, or may have
   */
  record Ready(
      Supplier<Sending> send,
      Optional<Heard.Last> heard,
      Optional<DailyCaps.Receiver> counts,
      Runnable sent)
      implements Letter {
    Ready(Supplier<Sending> send, Optional<Heard.Last> heard, Optional<DailyCaps.Receiver> counts) {
      this(send, heard, counts, () -> {});
    }

    Ready(Supplier<Sending> send, Optional<Heard.Last> heard) {
      this(send, heard, Optional.empty());
    }

    Ready whenSent(Runnable more) {
      return new Ready(send, heard, counts, more);
    }
  }

  /** The patient is not written to on this channel. */
  record NotWanted(String why) implements Letter {}

  /** There were enough text messages. One is sent all the same if the mail does not arrive. */
  record LeftToMail() implements Letter {}

  /**
   * The patient cannot or must not be written to on this channel at all. A reminder is then sent on
   * another.
   */
  record Unreached(String why) implements Letter {}

  /** Not at this hour. */
  record Later(Instant until) implements Letter {}
}
