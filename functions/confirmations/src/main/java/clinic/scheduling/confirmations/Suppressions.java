package clinic.scheduling.confirmations;

import clinic.scheduling.core.Log;
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
 * Contact points that are written to no more: an address that bounced for good or complained, a
 * number that opted out, an address that wants no reminders. For good: nothing here lifts one; the
 * clinic does, by taking the row away (docs/runbook.md). Consent that is given again later, on a
 * booking form, does not either.
 */
@Singleton
final class Suppressions {
  /** Why an address is held to which nothing can be delivered. */
  static final String BOUNCED = "bounced";

  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final Rows rows;
  private final Clock clock;
  private final ReviewList troubles;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  Suppressions(Rows rows, Clock clock, ReviewList troubles) {
    this.rows = rows;
    this.clock = clock;
    this.troubles = troubles;
  }

  /** What is not sent any more. */
  enum Scope {
    EVERYTHING("suppressed"),
    REMINDERS("unsubscribed");

    private final String row;

    Scope(String row) {
      this.row = row;
    }
  }

  /**
   * @param contact see {@link Contacts#name}
   */
  boolean hold(String contact, boolean reminder) {
    return stands(contact, Scope.EVERYTHING) || (reminder && stands(contact, Scope.REMINDERS));
  }

  /** Whether it is held because nothing arrives there, and not by the wish of its owner. */
  boolean isDead(String contact) {
    return rows.read(key(contact, Scope.EVERYTHING))
        .flatMap(row -> row.field("why"))
        .filter(BOUNCED::equals)
        .isPresent();
  }

  /**
   * Takes hold at once; a repeat changes nothing.
   *
   * @param why a fixed word
   * @param visit through which the clinic finds the patient, if it is known
   */
  void add(Channel channel, String contact, Scope scope, String why, Optional<String> visit) {
    RowKey key = key(contact, scope);
    if (rows.read(key).isPresent()) {
      return;
    }
    Map<String, String> fields =
        Map.of("channel", channel.word(), "why", why, "since", clock.instant().toString());
    if (rows.write(Row.fresh(key, clock.instant().plus(FOR_GOOD), fields))) {
      troubles.suppressed(channel, contact, why, visit);
      log.warn("contact-suppressed", "channel", channel.word(), "why", why);
    }
  }

  private boolean stands(String contact, Scope scope) {
    return rows.read(key(contact, scope)).isPresent();
  }

  private static RowKey key(String contact, Scope scope) {
    return new RowKey("contact#" + contact, scope.row);
  }
}
