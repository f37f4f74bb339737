package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the address of each calendar, so that its entries can be removed after the calendar has
 * left the practice document.
 */
@Singleton
final class MailboxAddresses {
  private static final Duration KEPT = Duration.ofDays(800);
  private static final Duration RENEW_AFTER = Duration.ofDays(200);

  private final Rows rows;
  private final Clock clock;

  MailboxAddresses(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Stores the mailbox's address. Call this before changing anything in the mailbox.
   *
   * @return the argument
   */
  Mailbox remember(Mailbox mailbox) {
    Instant now = clock.instant();
    Instant renewal = now.plus(KEPT).minus(RENEW_AFTER);
    rows.update(
        address(mailbox.key()),
        row ->
            row.expires().isAfter(renewal)
                ? Optional.empty()
                : Optional.of(row.next(now.plus(KEPT), fields(mailbox))));
    return mailbox;
  }

  Optional<Mailbox> find(String key) {
    return rows.read(address(key)).map(row -> mailbox(key, row));
  }

  private static Map<String, String> fields(Mailbox mailbox) {
    return Map.of("provider", mailbox.provider().name(), "address", mailbox.address());
  }

  private static Mailbox mailbox(String key, Row row) {
    return new Mailbox(
        key,
        Provider.valueOf(row.field("provider").orElseThrow()),
        row.field("address").orElseThrow());
  }

  private static RowKey address(String key) {
    return Mailbox.row(key, "address");
  }
}
