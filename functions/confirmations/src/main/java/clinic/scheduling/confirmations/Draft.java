package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.RowKey;
import java.util.function.Supplier;

/**
 * A message that may have to be sent on one channel.
 *
 * @param write makes it ready, or says why there is none
 */
record Draft(Order order, Channel channel, Supplier<Letter> write) {

  /** Its ledger row. */
  RowKey name() {
    return order.row(channel);
  }
}
