package clinic.scheduling.confirmations;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A message that is ready, or the reason why there is none. */
sealed interface RenderedMessage {

  /**
   * Everything is written; {@code send} is the call of the provider alone.
   *
   * @param heard what the patient then knows of the visit; empty for a reminder
   * @param counts against which caps; empty for what goes to nobody's address or number
   * @param sent is done once it went out, or may have
   */
  record Ready(
      Supplier<DeliveryResult> send,
      Optional<LastNotified.Last> heard,
      Optional<DailyCaps.Receiver> counts,
      Runnable sent)
      implements RenderedMessage {
    Ready(
        Supplier<DeliveryResult> send,
        Optional<LastNotified.Last> heard,
        Optional<DailyCaps.Receiver> counts) {
      this(send, heard, counts, () -> {});
    }

    Ready(Supplier<DeliveryResult> send, Optional<LastNotified.Last> heard) {
      this(send, heard, Optional.empty());
    }

    Ready whenSent(Runnable more) {
      return new Ready(send, heard, counts, more);
    }
  }

  /** The patient is not written to on this channel. */
  record NotWanted(String why) implements RenderedMessage {}

  /** There were enough text messages. One is sent all the same if the mail does not arrive. */
  record LeftToMail() implements RenderedMessage {}

  /**
   * The patient cannot or must not be written to on this channel at all. A reminder is then sent on
   * another.
   */
  record Unreached(String why) implements RenderedMessage {}

  /** Not at this hour. */
  record Later(Instant until) implements RenderedMessage {}
}
