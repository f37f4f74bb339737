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
 * Keeps the outcome of each message on each channel: what we recorded, and what the provider
 * reported.
 *
 * <p>A message whose outcome is unknown is listed for the clinic and never sent again. A provider's
 * report that names the message settles it, even if the report arrives before we record that the
 * outcome is unknown.
 */
@Singleton
final class DeliveryLedger {
  private static final Duration KEPT = Duration.ofDays(30);

  /**
   * Settling the message of a worker that died takes two writes. This lease is long enough for
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
    /**
     * No message was due, for example because the patient knew already, because a newer change
     * exists, or because the practice has switched such messages off.
     */
    NONE,
    /** The patient cannot or must not be reached on this channel. */
    UNREACHED,
    /**
     * The number has reached its limit of texts. For a change, a mail reaches the patient instead.
     */
    LEFT_TO_MAIL,
    /** The owner of the address complained about a mail or, for a reminder, unsubscribed. */
    SUPPRESSED,
    /** The provider rejected the message permanently. */
    REJECTED;

    /** Whether the patient should have been told something and was not told it. */
    boolean isFailure() {
      return this != NONE;
    }

    /** The word that the ledger stores where the provider's id would stand. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  boolean isSettled(RowKey row) {
    return ledger.find(row).filter(Entry::isDone).isPresent();
  }

  /** Why the message was not sent; empty if it was sent or is not settled. */
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

  /**
   * Whether a worker has claimed the message, settled it, or left it in doubt. A settled message
   * may also have been omitted: see {@link #reasonNotSent}.
   */
  boolean mayHaveBeenSent(RowKey row) {
    return ledger.find(row).filter(entry -> entry.state() != Entry.State.OPEN).isPresent();
  }

  /**
   * The ledger row that shows the outcome of the request on this channel. For SMS, this is the row
   * of the text that replaces a mail, if there is such a text.
   */
  RowKey last(MessageRequest request, Channel channel) {
    RowKey replacement = request.replacementRow();
    return channel == Channel.SMS && ledger.find(replacement).isPresent()
        ? replacement
        : request.row(channel);
  }

  /**
   * Claims the right to call the provider.
   *
   * @param told what the patient will be told by the call. If this worker dies, the next one reads
   *     it from the claim
   */
  Claim claim(RowKey row, String told) {
    return ledger.claimOnce(row, told, lease);
  }

  /**
   * What a worker was about to tell the patient, if it has claimed the message and not settled it;
   * otherwise empty.
   */
  Optional<String> claimedContent(RowKey row) {
    return ledger
        .find(row)
        .filter(entry -> entry.state() == Entry.State.CLAIMED)
        .map(Entry::fingerprint);
  }

  /**
   * Claims a message whose worker may have died.
   *
   * @param told what that worker was about to tell the patient; the new claim stores it again
   */
  Claim takeOver(RowKey row, String told) {
    return ledger.claimOnce(row, told, SETTLING_LEASE);
  }

  /**
   * Records that the provider has accepted the message.
   *
   * @param id the id that the provider gave the message
   */
  void recordSent(Fence fence, String id) {
    ledger.done(fence, id);
  }

  void recordNotSent(Fence fence, NotSent why) {
    ledger.done(fence, why.word());
  }

  /**
   * Gives the claim back, because nothing was sent. The next delivery of the request may claim the
   * message at once.
   */
  void release(Claim.Granted claim) {
    ledger.release(claim.fence(), claim.before());
  }

  /**
   * Records that nobody knows whether the message was sent. The message is listed for the clinic
   * first and recorded in the ledger second. If the worker dies in between, the message may be
   * listed twice, but it is not lost.
   *
   * @param code a fixed word for the log
   */
  void recordDoubt(Fence fence, MessageRequest request, Channel channel, String code) {
    review.doubt(request, channel);
    ledger.doubt(fence);
    log.error("message-doubt", "channel", channel.word(), "code", code, "message", request.key());
  }

  /**
   * Settles a message whose worker died. If the provider has reported on the message, it counts as
   * sent. Otherwise it is recorded as in doubt. A message that was already in doubt is not listed
   * and logged again.
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
   * Records the provider's report that a message was sent. If the message is in doubt, the report
   * settles it. If its outcome is already known, nothing changes. Otherwise the report is stored
   * for {@link #settleDoubt}.
   *
   * @param external the id that the provider gave the message
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
   * Records that SES rejected the mail permanently. Call this before recording the outcome, because
   * a message with a recorded outcome is never processed again.
   */
  void mailRejected(MessageRequest request) {
    markUndelivered(request.root(), request.about().name());
    review.mailNotArrived(request.key(), Optional.of(request.root()), "rejected");
  }

  /**
   * Records that the mail did not arrive and will not arrive. A text message may then replace it.
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
