package clinic.scheduling.fanout;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.IdempotentWrites;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One worker for each visit at a time, and no notice lost: whoever comes while another is at work
 * leaves a mark and goes, and the worker looks once more before it goes itself. So of a burst of
 * notices about one visit the first and the last one count.
 */
final class VisitLock {
  private static final String ROW = "turn";
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int ROUNDS = 10;
  private static final int TRIES = 40;

  private final Rows rows;
  private final IdempotentWrites writes;
  private final Clock clock;
  private final Duration lease;

  /**
   * @param lease longer than a worker can live
   */
  VisitLock(Rows rows, Clock clock, Duration lease) {
    this.rows = rows;
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
    this.lease = lease;
  }

  /** How a notice fared. */
  enum Fate {
    WORKED,
    /** Somebody is at work and will look again. */
    LEFT_TO_ANOTHER
  }

  /** What the row says; the number of the turn is the fence, and left is what others ask. */
  private record State(long asked, long turn, String owner, Instant leaseUntil, SyncRequest left) {
    static State of(Optional<Row> row) {
      return new State(
          row.flatMap(one -> one.field("asked")).map(Long::parseLong).orElse(0L),
          row.flatMap(one -> one.field("turn")).map(Long::parseLong).orElse(0L),
          row.flatMap(one -> one.field("owner")).orElse(""),
          row.flatMap(one -> one.field("leaseUntil")).map(Instants::parse).orElse(Instant.EPOCH),
          row.flatMap(one -> one.field("left")).map(SyncRequest::of).orElse(SyncRequest.NONE));
    }

    Map<String, String> fields() {
      Map<String, String> fields = new HashMap<>();
      fields.put("asked", Long.toString(asked));
      fields.put("turn", Long.toString(turn));
      fields.put("owner", owner);
      fields.put("leaseUntil", leaseUntil.toString());
      if (!left.equals(SyncRequest.NONE)) {
        fields.put("left", left.words());
      }
      return fields;
    }

    boolean isHeld(Instant now) {
      return now.isBefore(leaseUntil);
    }

    State asked(long more) {
      return new State(asked + more, turn, owner, leaseUntil, left);
    }

    State takenBy(String worker, Instant until) {
      return new State(asked, turn + 1, worker, until, left);
    }

    State until(Instant until) {
      return new State(asked, turn, owner, until, left);
    }

    State leaving(SyncRequest more) {
      return new State(asked, turn, owner, leaseUntil, left.and(more));
    }

    /** All that was left is done. */
    State over() {
      return new State(asked, turn, owner, Instant.EPOCH, SyncRequest.NONE);
    }
  }

  /**
   * Runs the work when it is this worker's turn, again as long as others have asked meanwhile.
   *
   * @param worker the id of the message that asks; the same at each delivery
   * @param ask what it asks; the work hears of this and of what others have left
   * @throws UnavailableException if an earlier delivery of the same message seems to be at work, or
   *     if the turn was lost, or if others never stop asking
   */
  Fate take(String visit, String worker, SyncRequest ask, Consumer<SyncRequest> work) {
    RowKey key = RowKey.ofVisit(visit, ROW);
    State mine = enter(key, worker, ask);
    if (!mine.owner().equals(worker)) {
      return Fate.LEFT_TO_ANOTHER;
    }
    try {
      for (int round = 0; round < ROUNDS; round++) {
        work.accept(ask.and(mine.left()));
        State left = leave(key, mine);
        if (left.asked() == mine.asked()) {
          return Fate.WORKED;
        }
        mine = left;
      }
    } catch (RuntimeException e) {
      giveUp(key, mine, e);
      throw e;
    }
    UnavailableException restless = later(Duration.ofSeconds(5));
    giveUp(key, mine, restless);
    throw restless;
  }

  private State enter(RowKey key, String worker, SyncRequest ask) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Instant now = clock.instant();
      Optional<Row> row = rows.read(key);
      State asked = State.of(row).asked(1);
      if (asked.isHeld(now) && asked.owner().equals(worker)) {
        throw later(Duration.between(now, asked.leaseUntil()));
      }
      State next = asked.isHeld(now) ? asked.leaving(ask) : asked.takenBy(worker, now.plus(lease));
      if (write(key, row, next)) {
        return next;
      }
    }
    throw later(Duration.ofSeconds(1));
  }

  /** Ends the turn, or renews it if somebody has asked since. */
  private State leave(RowKey key, State mine) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Optional<Row> row = rows.read(key);
      State now = State.of(row);
      if (now.turn() != mine.turn()) {
        throw later(Duration.ofSeconds(1));
      }
      boolean quiet = now.asked() == mine.asked();
      State next = quiet ? now.over() : now.until(clock.instant().plus(lease));
      if (write(key, row, next)) {
        return next;
      }
    }
    throw later(Duration.ofSeconds(1));
  }

  /** So that the retry need not wait for the lease; if it fails, the retry waits. */
  private void giveUp(RowKey key, State mine, RuntimeException failure) {
    try {
      Optional<Row> row = rows.read(key);
      State now = State.of(row);
      if (now.turn() == mine.turn()) {
        write(key, row, now.until(Instant.EPOCH));
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A step that took hold counts, though its answer was lost: nobody waits for himself. */
  private boolean write(RowKey key, Optional<Row> row, State next) {
    Instant expires = clock.instant().plus(KEPT);
    return writes.write(
        row.map(one -> one.next(expires, next.fields()))
            .orElse(Row.fresh(key, expires, next.fields())));
  }

  private static UnavailableException later(Duration delay) {
    return new UnavailableException("another worker of this visit", delay);
  }
}
