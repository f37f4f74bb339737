package clinic.scheduling.confirmations;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends a message at most once on one channel: write it, claim its name, call the provider, record.
 * Only the call lies between claim and record, so that nothing else can leave a doubt. A doubt is
 * kept and never tried again, whoever finds it: this worker after a call without an answer, or the
 * next one after this worker has died.
 */
@Singleton
final class SendOnce {
  private static final String NOTHING_SENT = "none";
  static final String UNREACHED = "unreached";
  static final String LEFT_TO_MAIL = "left-to-mail";
  static final String REFUSED = "rejected";

  /** By its owner, who complained of mails. */
  static final String SUPPRESSED = "suppressed";

  private final Log log = Log.of(SendMessage.class);

  /** The longest call of a provider, 4 s, and its record in the table. */
  private static final Duration CALL = Duration.ofSeconds(6);

  private final Ledger ledger;
  private final LastNotified heard;
  private final MessageOrdering order;
  private final DeferredMessages waiting;
  private final UnconfirmedDeliveries doubts;
  private final DailyCaps caps;
  private final ReviewList troubles;
  private final RejectedMessages rejections;
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
      LastNotified heard,
      MessageOrdering order,
      DeferredMessages waiting,
      UnconfirmedDeliveries doubts,
      DailyCaps caps,
      ReviewList troubles,
      RejectedMessages rejections,
      Clock clock,
      Settings.Lease lease,
      Settings.Timeout timeout) {
    this.ledger = ledger;
    this.heard = heard;
    this.order = order;
    this.waiting = waiting;
    this.doubts = doubts;
    this.caps = caps;
    this.troubles = troubles;
    this.rejections = rejections;
    this.clock = clock;
    this.lease = lease.length();
    this.time = timeout.length();
  }

  /** The deadline of an invocation that begins now. */
  Deadline deadline() {
    return Deadline.in(time, clock);
  }

  /**
   * @return whether this channel is settled; if not, the order has to come again
   */
  boolean send(PendingMessage draft, Deadline deadline) {
    try {
      if (ledger.find(draft.name()).filter(Entry::isDone).isPresent()) {
        return true;
      }
      if (!order.isNext(draft.order(), draft.channel())) {
        log.info("message-after-another", "channel", draft.channel().word());
        return false;
      }
      RenderedMessage letter = draft.write().get();
      if (letter instanceof RenderedMessage.Later later) {
        return putOff(draft, later);
      }
      Optional<Instant> room =
          letter instanceof RenderedMessage.Ready ready ? room(draft, ready) : Optional.empty();
      if (room.isPresent()) {
        troubles.capped(draft.order(), draft.channel());
        return putOff(draft, new RenderedMessage.Later(room.get()));
      }
      return deadline.leaves(CALL) ? settle(draft, letter, deadline) : tooLate(draft.channel());
    } catch (RuntimeException e) {
      log.failure("message-" + draft.channel().word() + "-failed", e);
      return false;
    }
  }

  /**
   * When there is room again; empty if there is. Before the claim, after which only the call comes.
   */
  private Optional<Instant> room(PendingMessage draft, RenderedMessage.Ready letter) {
    return letter.counts().flatMap(receiver -> caps.count(draft.channel(), receiver, draft.name()));
  }

  private boolean putOff(PendingMessage draft, RenderedMessage.Later later) {
    waiting.put(draft.order().again(), later.until());
    log.info("message-waits", "channel", draft.channel().word(), "until", later.until());
    return true;
  }

  private boolean settle(PendingMessage draft, RenderedMessage letter, Deadline deadline) {
    String said = heardBy(letter).map(LastNotified.Last::text).orElse("");
    Claim claim = ledger.claimOnce(draft.name(), said, lease);
    if (claim instanceof Claim.Granted granted) {
      return deliver(granted, draft, letter, deadline);
    }
    if (claim instanceof Claim.InDoubt doubt) {
      remember(draft, letter);
      doubts.settle(doubt, draft.order(), draft.channel());
      return true;
    }
    return claim instanceof Claim.AlreadyDone;
  }

  private boolean deliver(
      Claim.Granted claim, PendingMessage draft, RenderedMessage letter, Deadline deadline) {
    if (letter instanceof RenderedMessage.Ready ready) {
      return call(ready, claim, draft, deadline);
    }
    if (letter instanceof RenderedMessage.NotWanted unwanted) {
      log.info(unwanted.why(), "channel", draft.channel().word());
    }
    if (letter instanceof RenderedMessage.LeftToMail) {
      log.info("sms-limit", "channel", draft.channel().word());
    }
    if (letter instanceof RenderedMessage.Unreached unreached) {
      log.info(unreached.why(), "channel", draft.channel().word());
    }
    ledger.done(claim.fence(), outcome(letter));
    return true;
  }

  private static String outcome(RenderedMessage letter) {
    if (letter instanceof RenderedMessage.Unreached) {
      return UNREACHED;
    }
    if (letter instanceof RenderedMessage.NotWanted unwanted && unwanted.why().equals(SUPPRESSED)) {
      return SUPPRESSED;
    }
    return letter instanceof RenderedMessage.LeftToMail ? LEFT_TO_MAIL : NOTHING_SENT;
  }

  /**
   * Whether it is settled that this channel does not reach the patient. Kept like every outcome, so
   * that a repeat finds what the first delivery found, whatever the patient has agreed to since.
   */
  boolean isUnreached(PendingMessage draft) {
    return isDoneWith(draft, UNREACHED);
  }

  /** Whether it is settled that the provider will never take it. */
  boolean isRefused(PendingMessage draft) {
    return isDoneWith(draft, REFUSED);
  }

  /** Whether it is settled that this channel was spared because there was a mail. */
  boolean isLeftToMail(PendingMessage draft) {
    return isDoneWith(draft, LEFT_TO_MAIL);
  }

  private boolean isDoneWith(PendingMessage draft, String outcome) {
    return ledger
        .find(draft.name())
        .filter(entry -> entry.isDone() && entry.external().equals(outcome))
        .isPresent();
  }

  /** A claim can take long itself, so time and order are looked at once more. */
  private boolean call(
      RenderedMessage.Ready letter, Claim.Granted claim, PendingMessage draft, Deadline deadline) {
    if (order.isOvertaken(draft.order())) {
      ledger.done(claim.fence(), NOTHING_SENT);
      log.info("superseded", "channel", draft.channel().word());
      return true;
    }
    if (!deadline.leaves(CALL)) {
      ledger.release(claim.fence(), claim.before());
      return tooLate(draft.channel());
    }
    return record(letter.send().get(), claim, draft, letter);
  }

  private boolean tooLate(Channel channel) {
    log.warn("message-not-sent", "channel", channel.word(), "code", "no-time-left");
    return false;
  }

  private boolean record(
      DeliveryResult sending,
      Claim.Granted claim,
      PendingMessage draft,
      RenderedMessage.Ready letter) {
    String channel = draft.channel().word();
    if (sending instanceof DeliveryResult.Accepted accepted) {
      remember(draft, letter);
      ledger.done(claim.fence(), accepted.id());
      log.info("message-sent", "channel", channel, "external", accepted.id());
      return true;
    }
    if (sending instanceof DeliveryResult.Rejected rejected) {
      rejections.keep(draft, letter, rejected.code());
      ledger.done(claim.fence(), REFUSED);
      log.error("message-rejected", "channel", channel, "code", rejected.code());
      return true;
    }
    if (sending instanceof DeliveryResult.Unknown unknown) {
      remember(draft, letter);
      doubts.keep(claim.fence(), draft.order(), draft.channel(), unknown.code());
      return true;
    }
    ledger.release(claim.fence(), claim.before());
    if (sending instanceof DeliveryResult.NotSetUp wrong) {
      log.error("message-not-set-up", "channel", channel, "code", wrong.code());
    } else {
      log.warn("message-not-sent", "channel", channel, "code", code(sending));
    }
    return false;
  }

  /**
   * Whoever may have been told counts as told: the next message must not begin from nothing. Kept
   * before the outcome is recorded, since after that nobody comes back to it.
   */
  private void remember(PendingMessage draft, RenderedMessage letter) {
    heardBy(letter).ifPresent(last -> heard.keep(draft.channel(), draft.order().root(), last));
    if (letter instanceof RenderedMessage.Ready ready) {
      ready.sent().run();
    }
  }

  private static Optional<LastNotified.Last> heardBy(RenderedMessage letter) {
    return letter instanceof RenderedMessage.Ready ready ? ready.heard() : Optional.empty();
  }

  private static String code(DeliveryResult sending) {
    return sending instanceof DeliveryResult.NotSent notSent ? notSent.code() : "";
  }
}
