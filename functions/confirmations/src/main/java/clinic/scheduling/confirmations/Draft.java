package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.RowKey;
import java.util.function.Supplier;

/**
 * A message that may have to be sent on one channel.
 *
 * @param name its ledger row
 * @param write makes it ready, or says why there is none
 */
record Draft(RowKey name, Channel channel, Supplier<Letter> write) {}
