package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Messages of which nobody can say whether they went out. They are listed for the clinic and never
 * tried again, unless the provider has said itself what became of them.
 */
@Singleton
final class UnconfirmedDeliveries {
  private final Log log = Log.of(SendMessage.class);
  private final Ledger ledger;
  private final ProviderRecords records;
  private final ReviewList troubles;

  @Inject
  UnconfirmedDeliveries(Ledger ledger, ProviderRecords records, ReviewList troubles) {
    this.ledger = ledger;
    this.records = records;
    this.troubles = troubles;
  }

  /** Somebody died at work; or has said already that it is in doubt, and once is enough. */
  void settle(Claim.InDoubt claim, MessageRequest order, Channel channel) {
    Optional<String> known = records.of(order.root(), order.about().name(), channel);
    if (known.isPresent()) {
      ledger.done(claim.fence(), known.get());
      log.info("doubt-settled", "channel", channel.word(), "message", order.key());
    } else if (claim.before().state() == Entry.State.DOUBT) {
      ledger.doubt(claim.fence());
    } else {
      keep(claim.fence(), order, channel, "worker-died");
    }
  }

  /** Listed before it is recorded: a doubt that nobody sees would be worse than one seen twice. */
  void keep(Fence fence, MessageRequest order, Channel channel, String code) {
    troubles.doubt(order, channel);
    ledger.doubt(fence);
    log.error("message-doubt", "channel", channel.word(), "code", code, "message", order.key());
  }
}
