package clinic.scheduling.calendars.effect;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Limits the calls to a mailbox across all processes. During a pause ({@link #pause}), nobody calls
 * the mailbox. At other times, at most four calls run at once, which is Graph's limit for one
 * application and mailbox ({@code docs/facts/outlook.md} 5). A permit is a row that is created on
 * condition that it does not exist. If a worker dies, its permit is free again when its lease ends.
 *
 * <p>The limiter also remembers since when a mailbox has denied us access. Access that was granted
 * recently takes up to two hours to become effective ({@code docs/facts/outlook.md} 1), so only a
 * denial that lasts longer is a fault.
 */
@Singleton
final class MailboxLimiter {
  private static final int PERMITS = 4;
  private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);

  private static final Duration GRACE = Duration.ofHours(2);
  private static final Duration DENIAL_KEPT = Duration.ofDays(30);

  /** More than the rows that a mailbox can have: its permits, a pause, a denial and the address. */
  private static final int MOST_ROWS = 20;

  private static final String PERMIT = "place-";
  private static final String DENIAL = "denied";

  private final Rows rows;
  private final MailboxPauses pauses;
  private final Clock clock;
  private final Duration lease;

  MailboxLimiter(Rows rows, MailboxPauses pauses, Clock clock, Settings.Lease lease) {
    this.rows = rows;
    this.pauses = pauses;
    this.clock = clock;
    this.lease = lease.length();
  }

  /** The answer to {@link #acquire}. */
  sealed interface PermitResult {

    /** Calls the function for this case. */
    <R> R fold(Function<Granted, R> granted, Function<Later, R> later);

    /**
     * The caller may call the mailbox, and then has to {@link #release} the permit.
     *
     * @param wasDenied whether a denial of this mailbox is recorded; the caller then calls {@link
     *     MailboxLimiter#endDenial} after a call that succeeds
     */
    record Granted(Row row, boolean wasDenied) implements PermitResult {
      @Override
      public <R> R fold(Function<Granted, R> granted, Function<Later, R> later) {
        return granted.apply(this);
      }
    }

    /** Not now; try again after the delay. */
    record Later(Duration delay) implements PermitResult {
      @Override
      public <R> R fold(Function<Granted, R> granted, Function<Later, R> later) {
        return later.apply(this);
      }
    }
  }

  PermitResult acquire(String key) {
    Instant now = clock.instant();
    List<Row> existing = rows.readStartingWith(Mailbox.partition(key), "", MOST_ROWS);
    Optional<Duration> pause =
        existing.stream().flatMap(row -> pauses.remaining(row).stream()).findFirst();
    if (pause.isPresent()) {
      return new PermitResult.Later(pause.get());
    }
    for (int number = 0; number < PERMITS; number++) {
      Row permit = Row.fresh(Mailbox.row(key, PERMIT + number), now.plus(lease), Map.of());
      if (find(existing, PERMIT + number).isEmpty() && rows.write(permit)) {
        return new PermitResult.Granted(permit.written(), find(existing, DENIAL).isPresent());
      }
    }
    return new PermitResult.Later(RETRY_WHEN_FULL);
  }

  /** Frees the permit. If that fails, the permit is free when its lease ends. */
  void release(PermitResult.Granted permit) {
    Row row = permit.row();
    try {
      rows.write(row.next(clock.instant(), row.fields()));
    } catch (RuntimeException e) {
      // The call is done and recorded. An exception here would only cause the call to be
      // repeated.
      return;
    }
  }

  /** Blocks calls to this mailbox until the delay is over. */
  void pause(String key, Duration delay) {
    pauses.pause(key, delay);
  }

  /**
   * Records that the mailbox denies us access.
   *
   * @return whether the mailbox has denied access longer than a new grant takes to become effective
   */
  boolean recordDenial(String key) {
    Instant now = clock.instant();
    Row first =
        Row.fresh(Mailbox.row(key, DENIAL), now.plus(DENIAL_KEPT), Map.of("since", now.toString()));
    Row denial = rows.read(first.key()).orElse(first);
    if (denial.isNew()) {
      // If the write fails, another worker has recorded the same at the same time.
      rows.write(first);
    }
    return denial
        .field("since")
        .map(Instants::parse)
        .filter(since -> !now.isBefore(since.plus(GRACE)))
        .isPresent();
  }

  /** Forgets the denial after a call that succeeded, so that a later denial starts a new period. */
  void endDenial(String key) {
    rows.read(Mailbox.row(key, DENIAL))
        .ifPresent(row -> rows.write(row.next(clock.instant(), row.fields())));
  }

  private static Optional<Row> find(List<Row> rows, String name) {
    return rows.stream().filter(row -> row.key().sort().equals(name)).findFirst();
  }
}
