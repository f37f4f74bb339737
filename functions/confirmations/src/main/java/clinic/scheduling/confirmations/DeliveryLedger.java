package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Fence;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the outcome of each message on each channel: our own record, and the provider's report.
 *
 * <p>A delivery whose outcome is unknown is listed for the clinic and never tried again. A
 * provider's report with the message's name settles it, even if the report arrives before we record
 * the unknown outcome.
 */
@Singleton
final class DeliveryLedger {
  private static final Duration KEPT = Duration.ofDays(30);

  /**
   * Settling the message of a worker that died takes two writes; this lease is long enough for
   * both.
   */
  private static final Duration SETTLING_LEASE = Duration.ofSeconds(30);

  private final Ledger ledger;
  private final Rows rows;
  private final ReviewList review;
  private final Clock clock;
  private final Duration lease;
  private final Log log = Log.of(DeliveryLedger.class);

  @Inject
  DeliveryLedger(Ledger ledger, Rows rows, ReviewList review, Clock clock, Settings.Lease lease) {
    this.ledger = ledger;
    this.rows = rows;
    this.review = review;
    this.clock = clock;
    this.lease = lease.length();
  }

  /** Why a settled message did not go out. */
  enum NotSent {
    /** There was nothing to say. */
    NONE,
    /** The patient cannot or must not be reached on this channel. */
    UNREACHED,
    /** The patient had enough text messages, and gets a mail. */
    LEFT_TO_MAIL,
    /** The owner of the address complained about mails. */
    SUPPRESSED,
    /** The provider will never take it. */
    REJECTED;

    /** Whether the patient was to be told something and was not. */
    boolean isFailure() {
      return this != NONE;
    }

    /** The word that the ledger stores in place of the provider's id. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  boolean isSettled(RowKey row) {
    return ledger.find(row).filter(Entry::isDone).isPresent();
  }

  /** Why the message did not go out, if that is settled. */
  Optional<NotSent> reasonNotSent(RowKey row) {
    return ledger
        .find(row)
        .filter(Entry::isDone)
        .flatMap(
            entry ->
                Arrays.stream(NotSent.values())
                    .filter(why -> why.word().equals(entry.external()))
                    .findFirst());
  }

  /** Whether the message went out, may have, or is on its way. */
  boolean mayHaveBeenSent(RowKey row) {
    return ledger.find(row).filter(entry -> entry.state() != Entry.State.OPEN).isPresent();
  }

  /** The row of the last message on this channel: a text may replace a mail. */
  RowKey last(MessageRequest request, Channel channel) {
    RowKey replacement = request.replacementRow();
    return channel == Channel.SMS && ledger.find(replacement).isPresent()
        ? replacement
        : request.row(channel);
  }

  /**
   * Claims the right to call the provider.
   *
   * @param told what the patient is about to be told; the next worker needs it if this one dies
   */
  Claim claim(RowKey row, String told) {
    return ledger.claimOnce(row, told, lease);
  }

  /**
   * If a worker has claimed the message and not settled it: what that worker was about to tell the
   * patient.
   */
  Optional<String> claimedContent(RowKey row) {
    return ledger
        .find(row)
        .filter(entry -> entry.state() == Entry.State.CLAIMED)
        .map(Entry::fingerprint);
  }

  /** Takes over from a worker that may have died; it keeps what that worker was about to tell. */
  Claim takeOver(RowKey row, String told) {
    return ledger.claimOnce(row, told, SETTLING_LEASE);
  }

  /**
   * @param id the provider's own
   */
  void recordSent(Fence fence, String id) {
    ledger.done(fence, id);
  }

  void recordNotSent(Fence fence, NotSent why) {
    ledger.done(fence, why.word());
  }

  /**
   * Gives the claim back: nothing was sent, and the next delivery of the request may claim it at
   * once.
   */
  void release(Claim.Granted claim) {
    ledger.release(claim.fence(), claim.before());
  }

  /**
   * Nobody knows whether the message went out. It is listed before it is recorded: to list it twice
   * is better than never.
   *
   * @param code a fixed word
   */
  void recordDoubt(Fence fence, MessageRequest request, Channel channel, String code) {
    review.doubt(request, channel);
    ledger.doubt(fence);
    log.error("message-doubt", "channel", channel.word(), "code", code, "message", request.key());
  }

  /**
   * Settles a message whose worker died. A message that was already unconfirmed is not listed and
   * logged again.
   */
  void settleDoubt(Claim.InDoubt claim, MessageRequest request, Channel channel) {
    Optional<String> reported =
        rows.read(reportKey(request.root(), request.about().name(), channel))
            .flatMap(row -> row.field("external"));
    if (reported.isPresent()) {
      ledger.done(claim.fence(), reported.get());
      log.info("doubt-settled", "channel", channel.word(), "message", request.key());
    } else if (claim.before().state() == Entry.State.DOUBT) {
      ledger.doubt(claim.fence());
    } else {
      recordDoubt(claim.fence(), request, channel, "worker-died");
    }
  }

  /**
   * Records the provider's report that a message went out. A message whose outcome is already known
   * is not changed.
   *
   * @param external the provider's id
   */
  void recordReport(String root, String name, Channel channel, String external) {
    RowKey message = MessageRequest.row(root, name, channel);
    Optional<Entry> entry = ledger.find(message);
    if (entry.isEmpty() || entry.get().isDone()) {
      return;
    }
    RowKey report = reportKey(root, name, channel);
    if (rows.read(report).isEmpty()) {
      rows.write(Row.fresh(report, clock.instant().plus(KEPT), Map.of("external", external)));
    }
    if (entry.get().state() == Entry.State.DOUBT) {
      ledger
          .claimOnce(message, "", SETTLING_LEASE)
          .asInDoubt()
          .ifPresent(
              doubt -> {
                ledger.done(doubt.fence(), external);
                review.settled(root, name, channel, entry.get().leaseUntil());
                log.info("doubt-settled", "message", root + "#" + name, "channel", channel.word());
              });
    }
  }

  /**
   * SES refuses the mail permanently. We record this before the outcome, because a message with a
   * recorded outcome is never processed again.
   */
  void mailRejected(MessageRequest request) {
    markUndelivered(request.root(), request.about().name());
    review.mailNotArrived(request.key(), Optional.of(request.root()), "rejected");
  }

  /**
   * Records that the mail did not arrive and will not arrive, so that a text message may replace
   * it.
   */
  void markUndelivered(String root, String name) {
    Map<String, String> fields = Map.of("since", clock.instant().toString());
    rows.write(Row.fresh(undeliveredKey(root, name), clock.instant().plus(KEPT), fields));
  }

  boolean isUndelivered(MessageRequest request) {
    return rows.read(undeliveredKey(request.root(), request.about().name())).isPresent();
  }

  private static RowKey undeliveredKey(String root, String name) {
    return RowKey.ofVisit(root, "undelivered#" + name + "#" + Channel.EMAIL.word());
  }

  private static RowKey reportKey(String root, String name, Channel channel) {
    return RowKey.ofVisit(root, "provider#" + name + "#" + channel.word());
  }
}
