package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.RowKey;
import java.util.function.Supplier;

/**
 * A message that may have to be sent on one channel.
 *
 * @param name its ledger row
 * @param write makes it ready, or says why there is none
 */
record PendingMessage(
    MessageRequest order, Channel channel, RowKey name, Supplier<RenderedMessage> write) {

  PendingMessage(MessageRequest order, Channel channel, Supplier<RenderedMessage> write) {
    this(order, channel, order.row(channel), write);
  }

  /** One that is sent because what was sent on another channel did not arrive. */
  static PendingMessage instead(
      MessageRequest order, Channel channel, Supplier<RenderedMessage> write) {
    return new PendingMessage(order, channel, insteadOf(order.row(channel)), write);
  }

  static RowKey insteadOf(RowKey usual) {
    return new RowKey(usual.partition(), usual.sort() + "#instead");
  }
}
