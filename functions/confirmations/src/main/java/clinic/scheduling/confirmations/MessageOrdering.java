package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the messages about one visit on one channel in their order. A message says the step from
 * what its patient last heard, so nothing may be on its way that is older. Two reads see to that,
 * one on either side: the newer message looks whether an older one is claimed, and whoever has
 * claimed an older one looks whether there is a newer change. The newer change is recorded before
 * its message is ordered, so one of the two sees the other.
 */
@Singleton
final class MessageOrdering {
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** More changes than a visit can see while one message is under way. */
  private static final int LOOK_BACK = 100;

  private final Ledger ledger;
  private final LastNotified heard;
  private final ChangeLog changes;
  private final UnconfirmedDeliveries doubts;

  @Inject
  MessageOrdering(
      Ledger ledger, LastNotified heard, Rows rows, UnconfirmedDeliveries doubts, Clock clock) {
    this.ledger = ledger;
    this.heard = heard;
    this.changes = new ChangeLog(rows, clock);
    this.doubts = doubts;
  }

  /** Whether a newer change is recorded: then its message tells all that there is to tell. */
  boolean isOvertaken(MessageRequest order) {
    return sequence(order)
        .flatMap(
            own ->
                changes.read(order.root()).map(ChangeRecord::sequence).filter(last -> last > own))
        .isPresent();
  }

  /**
   * Whether nothing older is on its way. An older message whose worker has died may have gone out:
   * it is kept as a doubt, and its patient counts as having heard it. The one that was heard last
   * is looked at too: its worker may have died before it recorded the outcome. Of a visit that was
   * changed again and again no more than the last changes are looked at; what was claimed before
   * them was settled by those in between.
   */
  boolean isNext(MessageRequest order, Channel channel) {
    Optional<Integer> own = sequence(order);
    if (own.isEmpty()) {
      return true;
    }
    int last = heard.on(channel, order.root()).map(LastNotified.Last::sequence).orElse(0);
    int from = Math.max(last, own.get() - LOOK_BACK);
    for (int older = from; older < own.get(); older++) {
      MessageRequest one = order.about(older);
      for (RowKey name : names(one, channel)) {
        Optional<Entry> underway =
            ledger.find(name).filter(it -> it.state() == Entry.State.CLAIMED);
        if (underway.isPresent()
            && !settle(name, one, older, channel, underway.get().fingerprint())) {
          return false;
        }
      }
    }
    return true;
  }

  /** A text may also go out in place of a mail. */
  private static List<RowKey> names(MessageRequest order, Channel channel) {
    RowKey usual = order.row(channel);
    return channel == Channel.SMS
        ? List.of(usual, PendingMessage.insteadOf(usual))
        : List.of(usual);
  }

  /** Whoever takes over may die in turn, so what was about to be said stays in the claim. */
  private boolean settle(
      RowKey name, MessageRequest older, int sequence, Channel channel, String said) {
    Claim claim = ledger.claimOnce(name, said, LEASE);
    if (!(claim instanceof Claim.InDoubt doubt)) {
      return claim instanceof Claim.AlreadyDone;
    }
    heard.keep(channel, older.root(), maybeHeard(doubt, older, sequence, channel));
    doubts.settle(doubt, older, channel);
    return true;
  }

  /** What it was about to say; a claim that does not tell may have said anything. */
  private LastNotified.Last maybeHeard(
      Claim.InDoubt doubt, MessageRequest older, int sequence, Channel channel) {
    return LastNotified.Last.of(sequence, doubt.before().fingerprint())
        .orElseGet(
            () ->
                new LastNotified.Last(
                    sequence,
                    LastNotified.UNKNOWN,
                    heard
                        .on(channel, older.root())
                        .map(LastNotified.Last::start)
                        .orElse(Instant.EPOCH)));
  }

  private static Optional<Integer> sequence(MessageRequest order) {
    return order.about() instanceof MessageRequest.About.Numbered change
        ? Optional.of(change.sequence())
        : Optional.empty();
  }
}
