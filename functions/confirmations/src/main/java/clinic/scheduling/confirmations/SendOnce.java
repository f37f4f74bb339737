package clinic.scheduling.confirmations;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
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

  /** The longest call of a provider, 4 s, and its record in the table. */
  private static final Duration CALL = Duration.ofSeconds(6);

  private final Ledger ledger;
  private final Clock clock;
  private final Duration lease;
  private final Duration time;

  /**
   * @param leaseSeconds {@code LEASE_SECONDS}: how long a claim is respected; longer than an
   *     invocation can last
   * @param timeoutSeconds {@code TIMEOUT_SECONDS}: how long an invocation can last
   */
  @Inject
  SendOnce(
      Ledger ledger,
      Clock clock,
      @ConfigProperty(name = "LEASE_SECONDS") int leaseSeconds,
      @ConfigProperty(name = "TIMEOUT_SECONDS") int timeoutSeconds) {
    this.ledger = ledger;
    this.clock = clock;
    this.lease = Duration.ofSeconds(leaseSeconds);
    this.time = Duration.ofSeconds(timeoutSeconds);
  }

  /** The deadline of an invocation that begins now. */
  Deadline deadline() {
    return Deadline.in(time, clock);
  }

  /**
   * @return whether this channel is settled; if not, the order has to come again
   */
  boolean send(Draft draft, Deadline deadline) {
    try {
      if (ledger.find(draft.name()).filter(Entry::isDone).isPresent()) {
        return true;
      }
      Letter letter = draft.write().get();
      return deadline.leaves(CALL) ? settle(draft, letter, deadline) : tooLate(draft.channel());
    } catch (RuntimeException e) {
      log.failure("message-" + draft.channel().word() + "-failed", e);
      return false;
    }
  }

  private boolean settle(Draft draft, Letter letter, Deadline deadline) {
    Claim claim = ledger.claimOnce(draft.name(), "", lease);
    if (claim instanceof Claim.Granted granted) {
      return deliver(granted, draft.channel(), letter, deadline);
    }
    if (claim instanceof Claim.InDoubt doubt) {
      return keep(doubt, draft.channel());
    }
    return claim instanceof Claim.AlreadyDone;
  }

  private boolean deliver(Claim.Granted claim, Channel channel, Letter letter, Deadline deadline) {
    if (letter instanceof Letter.Ready ready) {
      return call(ready, claim, channel, deadline);
    }
    if (letter instanceof Letter.NotWanted unwanted) {
      log.info(unwanted.why(), "channel", channel.word());
    }
    ledger.done(claim.fence(), NOTHING_SENT);
    return true;
  }

  /** A claim can take long itself, so the time is looked at once more. */
  private boolean call(
      Letter.Ready letter, Claim.Granted claim, Channel channel, Deadline deadline) {
    if (!deadline.leaves(CALL)) {
      ledger.release(claim.fence(), claim.before());
      return tooLate(channel);
    }
    return record(letter.send().get(), claim, channel);
  }

  private boolean tooLate(Channel channel) {
    log.warn("message-not-sent", "channel", channel.word(), "code", "no-time-left");
    return false;
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
    if (sending instanceof Sending.NotSetUp wrong) {
      log.error("message-not-set-up", "channel", channel.word(), "code", wrong.code());
    } else {
      log.warn("message-not-sent", "channel", channel.word(), "code", code(sending));
    }
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
