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
 * The contact points that we no longer write to: an address that bounced for good or whose owner
 * complained, a number that opted out, an address that wants no reminders. A suppression never ends
 * by itself, nor by consent that is given again on a booking form. The clinic lifts it by deleting
 * its row (docs/runbook.md).
 */
@Singleton
final class Suppressions {
  private static final String BOUNCED = "bounced";
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final Rows rows;
  private final Clock clock;
  private final ReviewList review;
  private final Log log = Log.of(Suppressions.class);

  @Inject
  Suppressions(Rows rows, Clock clock, ReviewList review) {
    this.rows = rows;
    this.clock = clock;
    this.review = review;
  }

  /** What is no longer sent. */
  private enum Scope {
    EVERYTHING("suppressed"),
    REMINDERS("unsubscribed");

    private final String row;

    Scope(String row) {
      this.row = row;
    }
  }

  /**
   * @param contact {@link Contacts#name}
   */
  boolean hold(String contact, boolean reminder) {
    return isSet(contact, Scope.EVERYTHING) || (reminder && isSet(contact, Scope.REMINDERS));
  }

  /** Whether nothing can be delivered there; false if the owner asked for the suppression. */
  boolean isDead(String contact) {
    return rows.read(key(contact, Scope.EVERYTHING))
        .flatMap(row -> row.field("why"))
        .filter(BOUNCED::equals)
        .isPresent();
  }

  /**
   * The address bounced for good.
   *
   * @param visit by which the clinic finds the patient, if we know it; likewise below
   */
  void bounced(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, BOUNCED, visit);
  }

  /** The owner of the address complained about a mail. */
  void complained(String address, Optional<String> visit) {
    add(Channel.EMAIL, address, Scope.EVERYTHING, "complained", visit);
  }

  /** The owner of the address wants no more reminders. */
  void unsubscribed(String address) {
    add(Channel.EMAIL, address, Scope.REMINDERS, "unsubscribed", Optional.empty());
  }

  /** The owner of the number wants no more text messages. */
  void optedOut(String number, Optional<String> visit) {
    add(Channel.SMS, number, Scope.EVERYTHING, "opted-out", visit);
  }

  /** Takes hold at once; a repeat changes nothing. */
  private void add(
      Channel channel, String contact, Scope scope, String why, Optional<String> visit) {
    RowKey key = key(contact, scope);
    if (rows.read(key).isPresent()) {
      return;
    }
    Map<String, String> fields =
        Map.of("channel", channel.word(), "why", why, "since", clock.instant().toString());
    if (rows.write(Row.fresh(key, clock.instant().plus(FOR_GOOD), fields))) {
      review.suppressed(channel, contact, why, visit);
      log.warn("contact-suppressed", "channel", channel.word(), "why", why);
    }
  }

  private boolean isSet(String contact, Scope scope) {
    return rows.read(key(contact, scope)).isPresent();
  }

  private static RowKey key(String contact, Scope scope) {
    return new RowKey("contact#" + contact, scope.row);
  }
}
