package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.visit.ChangeLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers, for each channel, what a patient was last told about a visit, and keeps the messages
 * on each channel in order.
 *
 * <p>A message states the difference between what the patient was last told and the state now. So a
 * message may only be sent when no older one is still in progress. Two reads ensure that:
 *
 * <ul>
 *   <li>Before a message is claimed, its worker checks whether an older message is claimed ({@link
 *       #settleOlder}).
 *   <li>After a message is claimed, its worker checks whether a newer change is recorded ({@link
 *       #isSuperseded}).
 * </ul>
 *
 * <p>The fan-out records a change before it requests the message about it. So of two workers that
 * run at the same time, at least one notices the other.
 *
 * <p>The rows hold ids and fingerprints only. They are kept for 400 days after the last message.
 */
@Singleton
final class MessageOrdering {
  private static final Duration KEPT = Duration.ofDays(400);

  /**
   * How many changes back we look for a message that is still in progress. We assume that a visit
   * does not change more often than this while one message is in progress. A message about a change
   * further back was settled before one of the messages in between was sent.
   */
  private static final int LOOK_BACK = 100;

  private final Rows rows;
  private final DeliveryLedger deliveries;
  private final ChangeLog changes;
  private final Clock clock;

  @Inject
  MessageOrdering(Rows rows, DeliveryLedger deliveries, ChangeLog changes, Clock clock) {
    this.rows = rows;
    this.deliveries = deliveries;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * What a patient was last told.
   *
   * @param sequence the number of the change that the message was about
   * @param fingerprint the {@link clinic.scheduling.canvas.PatientFingerprint} of the state that
   *     the patient was told; {@link #UNKNOWN} if nobody knows what they were told
   * @param start the start time that the patient was told
   */
  record LastNotified(int sequence, String fingerprint, Instant start) {
    /**
     * Stands for a fingerprint if the patient may have been told something and nobody knows what.
     */
    static final String UNKNOWN = "unknown";

    boolean isUnknown() {
      return fingerprint.equals(UNKNOWN);
    }

    /**
     * The text that a claim stores, so that the next worker can read it if the worker of the claim
     * dies.
     */
    String text() {
      return start + " " + fingerprint;
    }

    /** Reads the text of a claim; empty if the claimed message says nothing about the visit. */
    static Optional<LastNotified> parse(int sequence, String text) {
      int space = text.indexOf(' ');
      return space < 0
          ? Optional.empty()
          : Optional.of(
              new LastNotified(
                  sequence, text.substring(space + 1), Instants.parse(text.substring(0, space))));
    }
  }

  /** Empty if no message on this channel has told the patient anything. */
  Optional<LastNotified> lastNotified(Channel channel, String root) {
    return rows.read(key(channel, root)).flatMap(MessageOrdering::read);
  }

  /** Records what a message said, unless a later message is already recorded. */
  void remember(Channel channel, String root, LastNotified told) {
    Map<String, String> fields =
        Map.of(
            "sequence", Integer.toString(told.sequence()),
            "view", told.fingerprint(),
            "start", told.start().toString());
    rows.update(
        key(channel, root),
        row ->
            read(row).filter(last -> last.sequence() >= told.sequence()).isPresent()
                ? Optional.empty()
                : Optional.of(row.next(clock.instant().plus(KEPT), fields)));
  }

  /**
   * Whether a newer change is recorded. If so, the message about the newer change replaces this
   * one.
   */
  boolean isSuperseded(MessageRequest request) {
    return request
        .sequence()
        .flatMap(own -> changes.read(request.root()).filter(last -> last.sequence() > own))
        .isPresent();
  }

  /**
   * Settles older messages whose worker died.
   *
   * <p>Such a message may have been sent. So we settle it as in doubt, and record its content as
   * told. The loop starts at the message that was told last: its worker may have died after
   * recording what was told and before recording the outcome.
   *
   * @return whether no older message is still in progress; if false, the request must be delivered
   *     again
   */
  boolean settleOlder(MessageRequest request, Channel channel) {
    Optional<Integer> own = request.sequence();
    if (own.isEmpty()) {
      return true;
    }
    int last = lastNotified(channel, request.root()).map(LastNotified::sequence).orElse(0);
    for (int older = Math.max(last, own.get() - LOOK_BACK); older < own.get(); older++) {
      MessageRequest one = request.olderChange(older);
      // A text message may also replace a mail that did not arrive.
      List<RowKey> messages =
          channel == Channel.SMS
              ? List.of(one.row(channel), one.replacementRow())
              : List.of(one.row(channel));
      for (RowKey message : messages) {
        Optional<String> told = deliveries.claimedContent(message);
        if (told.isPresent() && !settleOlderMessage(message, one, older, channel, told.get())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Settles an older message whose worker died, and returns whether the message is settled now. */
  private boolean settleOlderMessage(
      RowKey message, MessageRequest older, int sequence, Channel channel, String told) {
    Claim claim = deliveries.takeOver(message, told);
    return claim.fold(
        granted -> {
          // The worker of the older message released its claim after we had read the row, so
          // nothing was sent. The next delivery of our request finds no claim.
          deliveries.release(granted);
          return false;
        },
        doubt -> {
          LastNotified lastTold =
              LastNotified.parse(sequence, doubt.before().fingerprint())
                  .orElseGet(() -> unknown(sequence, channel, older));
          remember(channel, older.root(), lastTold);
          deliveries.settleDoubt(doubt, older, channel);
          return true;
        },
        done -> true,
        busy -> false);
  }

  private LastNotified unknown(int sequence, Channel channel, MessageRequest older) {
    return new LastNotified(
        sequence,
        LastNotified.UNKNOWN,
        lastNotified(channel, older.root()).map(LastNotified::start).orElse(Instant.EPOCH));
  }

  private static Optional<LastNotified> read(Row row) {
    return row.field("view")
        .map(
            fingerprint ->
                new LastNotified(
                    Integer.parseInt(row.field("sequence").orElse("0")),
                    fingerprint,
                    row.field("start").map(Instants::parse).orElse(Instant.EPOCH)));
  }

  private static RowKey key(Channel channel, String root) {
    return RowKey.ofVisit(root, "heard#" + channel.word());
  }
}
