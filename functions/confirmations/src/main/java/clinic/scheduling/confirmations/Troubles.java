package clinic.scheduling.confirmations;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the clinic should look at, listed by the day on which it came up (UTC): messages of which
 * nobody can say whether they went out, contact points that are written to no more, and changes of
 * which no channel could tell the patient. Ids only; the partition {@code trouble#<day>} of the
 * table, kept for 60 days. A day with more than a thousand of them is an outage, which the alarms
 * have told by then.
 */
@Singleton
final class Troubles {
  private static final Duration KEPT = Duration.ofDays(60);

  private final Rows rows;
  private final Clock clock;

  @Inject
  Troubles(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  void doubt(Order order, Channel channel) {
    write(
        "doubt#" + order.key() + "#" + channel.word(),
        Map.of("visit", order.root(), "channel", channel.word(), "state", "open"));
  }

  /**
   * The provider has said what became of it.
   *
   * @param since when the doubt was recorded
   */
  void settled(String root, String name, Channel channel, Instant since) {
    RowKey key = new RowKey(partition(since), "doubt#" + root + "#" + name + "#" + channel.word());
    rows.read(key)
        .ifPresent(
            row -> {
              Map<String, String> fields = new HashMap<>(row.fields());
              fields.put("state", "settled");
              rows.write(row.next(row.expires(), fields));
            });
  }

  /**
   * No channel tells the patient of this change.
   *
   * @return whether that was not yet listed
   */
  boolean untold(Order order) {
    return write("untold#" + order.key(), Map.of("visit", order.root()));
  }

  void suppressed(Channel channel, String contact, String why, Optional<String> visit) {
    Map<String, String> fields = new HashMap<>();
    fields.put("channel", channel.word());
    fields.put("why", why);
    visit.ifPresent(root -> fields.put("visit", root));
    write("suppressed#" + contact + "#" + why, fields);
  }

  private boolean write(String sort, Map<String, String> what) {
    Instant now = clock.instant();
    Map<String, String> fields = new HashMap<>(what);
    fields.put("since", now.toString());
    return rows.write(Row.fresh(new RowKey(partition(now), sort), now.plus(KEPT), fields));
  }

  private static String partition(Instant at) {
    return "trouble#" + LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
