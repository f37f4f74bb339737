package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends a message at most once on one channel: write it, claim its name, call the provider, record.
 * Only the call lies between claim and record, so that nothing else can leave a doubt. A doubt is
 * kept and never tried again, whoever finds it: this worker after a call without an answer, or the
 * next one after this worker has died.
 */
@Singleton
final class SendOnce {
  private static final String NOTHING_SENT = "none";
  private static final String REFUSED = "rejected";

  private final Log log = Log.of(SendMessage.class);
  private final Ledger ledger;
  private final Duration lease;

  /**
   * @param leaseSeconds {@code LEASE_SECONDS}: how long a claim is respected; longer than an
   *     invocation can last
   */
  @Inject
  SendOnce(Ledger ledger, @ConfigProperty(name = "LEASE_SECONDS") int leaseSeconds) {
    this.ledger = ledger;
    this.lease = Duration.ofSeconds(leaseSeconds);
  }

  /**
   * @return whether this channel is settled; if not, the order has to come again
   */
  boolean send(Order order, Channel channel, Supplier<Letter> write) {
    try {
      if (ledger.find(order.row(channel)).filter(Entry::isDone).isPresent()) {
        return true;
      }
      Letter letter = write.get();
      return settle(ledger.claimOnce(order.row(channel), "", lease), channel, letter);
    } catch (RuntimeException e) {
      log.failure("message-" + channel.word() + "-failed", e);
      return false;
    }
  }

  private boolean settle(Claim claim, Channel channel, Letter letter) {
    if (claim instanceof Claim.Granted granted) {
      return deliver(granted, channel, letter);
    }
    if (claim instanceof Claim.InDoubt doubt) {
      return keep(doubt, channel);
    }
    return claim instanceof Claim.AlreadyDone;
  }

  private boolean deliver(Claim.Granted claim, Channel channel, Letter letter) {
    if (letter instanceof Letter.Ready ready) {
      return record(ready.send().get(), claim, channel);
    }
    if (letter instanceof Letter.NotWanted unwanted) {
      log.info(unwanted.why(), "channel", channel.word());
    }
    ledger.done(claim.fence(), NOTHING_SENT);
    return true;
  }

  private boolean record(Sending sending, Claim.Granted claim, Channel channel) {
    if (sending instanceof Sending.Accepted accepted) {
      ledger.done(claim.fence(), accepted.id());
      log.info("message-sent", "channel", channel.word(), "external", accepted.id());
      return true;
    }
    if (sending instanceof Sending.Rejected rejected) {
      ledger.done(claim.fence(), REFUSED);
      log.error("message-rejected", "channel", channel.word(), "code", rejected.code());
      return true;
    }
    if (sending instanceof Sending.Unknown unknown) {
      ledger.doubt(claim.fence());
      log.error("message-doubt", "channel", channel.word(), "code", unknown.code());
      return true;
    }
    ledger.release(claim.fence(), claim.before());
    log.warn("message-not-sent", "channel", channel.word(), "code", code(sending));
    return false;
  }

  /** Somebody died at work, or has already said that it is in doubt: then once is enough. */
  private boolean keep(Claim.InDoubt claim, Channel channel) {
    ledger.doubt(claim.fence());
    if (claim.before().state() != Entry.State.DOUBT) {
      log.error("message-doubt", "channel", channel.word(), "code", "worker-died");
    }
    return true;
  }

  private static String code(Sending sending) {
    return sending instanceof Sending.NotSent notSent ? notSent.code() : "";
  }
}
