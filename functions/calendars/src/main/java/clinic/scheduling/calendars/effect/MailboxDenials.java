package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Since when a mailbox is denied to us. Access to one that was added lately takes up to two hours
 * to arrive (permission caches of Exchange Online), so only a denial that lasts longer is a fault.
 */
@Singleton
final class MailboxDenials {
  static final String ROW = "denied";
  private static final Duration GRACE = Duration.ofHours(2);
  private static final Duration KEPT = Duration.ofDays(30);

  private final Rows rows;
  private final Clock clock;

  MailboxDenials(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Notes a denial; whether the grace time is over. */
  boolean lastsTooLong(String key) {
    Instant now = clock.instant();
    Row first = Row.fresh(row(key), now.plus(KEPT), Map.of("since", now.toString()));
    Row standing = rows.read(row(key)).orElse(first);
    if (standing.isNew()) {
      // Whoever wrote at the same time wrote the same.
      rows.write(first);
    }
    return standing
        .field("since")
        .map(Instants::parse)
        .filter(since -> !now.isBefore(since.plus(GRACE)))
        .isPresent();
  }

  /** Access is there; a denial after this is a new one. */
  void over(String key) {
    rows.read(row(key)).ifPresent(row -> rows.write(row.next(clock.instant(), row.fields())));
  }

  private static RowKey row(String key) {
    return new RowKey(Mailboxes.partition(key), ROW);
  }
}
