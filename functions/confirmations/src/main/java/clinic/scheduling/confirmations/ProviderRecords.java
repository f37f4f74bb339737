package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider says itself of a message that carries our name: it was delivered, it bounced, so
 * it went out. That settles a doubt, whichever of the two comes first.
 */
@Singleton
final class ProviderRecords {
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Rows rows;
  private final Ledger ledger;
  private final Clock clock;
  private final ReviewList troubles;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  ProviderRecords(Rows rows, Ledger ledger, Clock clock, ReviewList troubles) {
    this.rows = rows;
    this.ledger = ledger;
    this.clock = clock;
    this.troubles = troubles;
  }

  /** The id under which the provider has it, if it has said so. */
  Optional<String> of(String root, String name, Channel channel) {
    return rows.read(key(root, name, channel)).flatMap(row -> row.field("external"));
  }

  /** A message went out. What was certain already is left alone. */
  void sent(String root, String name, Channel channel, String external) {
    RowKey message = MessageRequest.row(root, name, channel);
    Optional<Entry> entry = ledger.find(message);
    if (entry.isEmpty() || entry.get().isDone()) {
      return;
    }
    RowKey key = key(root, name, channel);
    if (rows.read(key).isEmpty()) {
      rows.write(Row.fresh(key, clock.instant().plus(KEPT), Map.of("external", external)));
    }
    if (entry.get().state() == Entry.State.DOUBT
        && ledger.claimOnce(message, "", LEASE) instanceof Claim.InDoubt doubt) {
      ledger.done(doubt.fence(), external);
      troubles.settled(root, name, channel, entry.get().leaseUntil());
      log.info("doubt-settled", "message", root + "#" + name, "channel", channel.word());
    }
  }

  /** The mail about this did not arrive and will not. */
  void undelivered(String root, String name) {
    Map<String, String> fields = Map.of("since", clock.instant().toString());
    rows.write(Row.fresh(undeliveredKey(root, name), clock.instant().plus(KEPT), fields));
  }

  boolean isUndelivered(MessageRequest order) {
    return rows.read(undeliveredKey(order.root(), order.about().name())).isPresent();
  }

  private static RowKey undeliveredKey(String root, String name) {
    return RowKey.ofVisit(root, "undelivered#" + name + "#" + Channel.EMAIL.word());
  }

  private static RowKey key(String root, String name, Channel channel) {
    return RowKey.ofVisit(root, "provider#" + name + "#" + channel.word());
  }
}
