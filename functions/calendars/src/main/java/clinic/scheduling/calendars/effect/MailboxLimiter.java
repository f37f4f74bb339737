package clinic.scheduling.calendars.effect;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may call a mailbox now, over all processes: nobody while its provider wants to be left alone,
 * and four at a time otherwise (Graph's limit for an application and a mailbox). A place is a row
 * that is written on condition that it is free, and that a dead worker leaves when its lease ends.
 */
@Singleton
final class MailboxLimiter {
  private static final int PLACES = 4;
  private static final Duration FULL = Duration.ofSeconds(1);

  /** The places, a pause, a denial and the address: nothing else is written there. */
  private static final int MOST_ROWS = 20;

  private static final String PAUSE = "pause";
  private static final String PLACE = "place-";

  private final Rows rows;
  private final Clock clock;
  private final Duration lease;

  MailboxLimiter(Rows rows, Clock clock, Settings.Lease lease) {
    this.rows = rows;
    this.clock = clock;
    this.lease = lease.length();
  }

  /** The answer to a knock. */
  sealed interface Permit {

    /**
     * Come in, and {@link #leave} afterwards.
     *
     * @param denied whether the mailbox was denied to us the last time
     */
    record Open(Row place, boolean denied) implements Permit {}

    /** Not now; come back after the delay. */
    record Closed(Duration delay) implements Permit {}
  }

  Permit knock(String key) {
    Instant now = clock.instant();
    List<Row> standing = rows.readStartingWith(Mailboxes.partition(key), "", MOST_ROWS);
    Optional<Instant> until = pause(standing).filter(now::isBefore);
    if (until.isPresent()) {
      return new Permit.Closed(Duration.between(now, until.get()));
    }
    for (int place = 0; place < PLACES; place++) {
      Row free = Row.fresh(row(key, PLACE + place), now.plus(lease), Map.of());
      if (find(standing, PLACE + place).isEmpty() && rows.write(free)) {
        return new Permit.Open(free.written(), find(standing, MailboxDenials.ROW).isPresent());
      }
    }
    return new Permit.Closed(FULL);
  }

  /** Gives the place back; if that fails, it is free when the lease ends. */
  void leave(Permit.Open inside) {
    Row place = inside.place();
    try {
      rows.write(place.next(clock.instant(), place.fields()));
    } catch (RuntimeException e) {
      // The work is done and recorded, and nobody is helped by doing it again.
      return;
    }
  }

  /** No message calls this mailbox before the delay is over. */
  void close(String key, Duration delay) {
    Instant until = clock.instant().plus(delay);
    rows.update(
        row(key, PAUSE),
        row ->
            until(row).filter(until::isBefore).isPresent()
                ? Optional.empty()
                : Optional.of(row.next(until.plusSeconds(60), Map.of("until", until.toString()))));
  }

  private static Optional<Instant> pause(List<Row> standing) {
    return find(standing, PAUSE).flatMap(MailboxLimiter::until);
  }

  private static Optional<Instant> until(Row row) {
    return row.field("until").map(Instants::parse);
  }

  private static Optional<Row> find(List<Row> standing, String name) {
    return standing.stream().filter(row -> row.key().sort().equals(name)).findFirst();
  }

  private static RowKey row(String key, String name) {
    return new RowKey(Mailboxes.partition(key), name);
  }
}
