package clinic.scheduling.calendaraccess;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The pauses that providers have asked for. During a pause, no process calls the mailbox ({@code
 * docs/facts/outlook.md} 5).
 */
@Singleton
public final class MailboxPauses {
  private static final String PAUSE = "pause";

  private final Rows rows;
  private final Clock clock;

  public MailboxPauses(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The partition of the rows about a mailbox itself.
   *
   * @param key the key of the calendar
   */
  public static String partition(String key) {
    return "binding#" + key;
  }

  /** Blocks calls to this mailbox until the delay is over. */
  public void pause(String key, Duration delay) {
    Instant until = clock.instant().plus(delay);
    rows.update(
        row(key),
        row ->
            until(row).filter(until::isBefore).isPresent()
                ? Optional.empty()
                : Optional.of(row.next(until.plusSeconds(60), Map.of("until", until.toString()))));
  }

  /** How long the mailbox must not be called; empty if it may be. */
  public Optional<Duration> remaining(String key) {
    return rows.read(row(key)).flatMap(this::remaining);
  }

  /** As {@link #remaining(String)}, with one of the mailbox's rows, of which any may be given. */
  public Optional<Duration> remaining(Row row) {
    Instant now = clock.instant();
    return row.key().sort().equals(PAUSE)
        ? until(row).filter(now::isBefore).map(until -> Duration.between(now, until))
        : Optional.empty();
  }

  private static RowKey row(String key) {
    return new RowKey(partition(key), PAUSE);
  }

  private static Optional<Instant> until(Row row) {
    return row.field("until").map(Instants::parse);
  }
}
