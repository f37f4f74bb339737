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
 * <p>A message states the difference between what the patient was last told and the state now. So
 * no older message may still be in progress. Two reads make sure of that: the newer message looks
 * whether an older one is claimed, and the worker of a claimed message looks whether a newer change
 * is recorded. The fan-out records a change before it requests its message, so one of the two sees
 * the other.
 *
 * <p>The rows hold ids and fingerprints only, for 400 days after the last message.
 */
@Singleton
final class MessageOrdering {
  private static final Duration KEPT = Duration.ofDays(400);

  /**
   * We assume that no visit changes more often than this while one message is in progress. Older
   * claims were settled when the messages between were sent.
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
   * @param sequence the number of the change
   * @param fingerprint of what they were told, {@link clinic.scheduling.canvas.PatientFingerprint};
   *     {@link #UNKNOWN} if nobody knows
   * @param start of the visit, as they were told
   */
  record LastNotified(int sequence, String fingerprint, Instant start) {
    /** The patient may have been told something, and nobody knows what. */
    static final String UNKNOWN = "unknown";

    boolean isUnknown() {
      return fingerprint.equals(UNKNOWN);
    }

    /**
     * The form in which a claim stores it, so that the next worker can read it if this one dies.
     */
    String text() {
      return start + " " + fingerprint;
    }

    /** Empty if the claim told nothing about the visit. */
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

  /** Whether a newer change is recorded. If so, the message of that change covers this one. */
  boolean isSuperseded(MessageRequest request) {
    return request
        .sequence()
        .flatMap(own -> changes.read(request.root()).filter(last -> last.sequence() > own))
        .isPresent();
  }

  /**
   * Settles older messages whose worker died, and returns whether none is still in progress. If
   * false, the request must be delivered again.
   *
   * <p>An older message whose worker died may have been sent. We settle it as unconfirmed, and
   * record its content as told. The loop starts at the message that was told last, because its
   * worker may have died after recording what was told and before recording the outcome.
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
          // Its worker has given it back since we looked. Its own next delivery sends it.
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
