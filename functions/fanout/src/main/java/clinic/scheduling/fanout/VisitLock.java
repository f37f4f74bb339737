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
import java.util.function.Function;

/**
 * One worker for each visit at a time, and no notice lost: whoever comes while another is at work
 * leaves a mark and goes, and the worker looks once more before it goes itself. So of a burst of
 * notices about one visit the first and the last one count.
 */
final class VisitLock {
  private static final String ROW = "turn";
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int ROUNDS = 10;

  private final IdempotentWrites writes;
  private final Clock clock;
  private final Duration lease;

  /**
   * @param lease longer than a worker can live
   */
  VisitLock(Rows rows, Clock clock, Duration lease) {
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
    static State of(Row row) {
      return new State(
          row.field("asked").map(Long::parseLong).orElse(0L),
          row.field("turn").map(Long::parseLong).orElse(0L),
          row.field("owner").orElse(""),
          row.field("leaseUntil").map(Instants::parse).orElse(Instant.EPOCH),
          row.field("left").map(SyncRequest::of).orElse(SyncRequest.NONE));
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
    return update(
        key,
        row -> {
          Instant now = clock.instant();
          State asked = State.of(row).asked(1);
          if (asked.isHeld(now) && asked.owner().equals(worker)) {
            throw later(Duration.between(now, asked.leaseUntil()));
          }
          return asked.isHeld(now) ? asked.leaving(ask) : asked.takenBy(worker, now.plus(lease));
        });
  }

  /** Ends the turn, or renews it if somebody has asked since. */
  private State leave(RowKey key, State mine) {
    return update(
        key,
        row -> {
          State now = State.of(row);
          if (now.turn() != mine.turn()) {
            throw later(Duration.ofSeconds(1));
          }
          boolean quiet = now.asked() == mine.asked();
          return quiet ? now.over() : now.until(clock.instant().plus(lease));
        });
  }

  /** So that the retry need not wait for the lease; if it fails, the retry waits. */
  private void giveUp(RowKey key, State mine, RuntimeException failure) {
    try {
      update(
          key,
          row -> {
            State now = State.of(row);
            if (now.turn() != mine.turn()) {
              throw later(Duration.ofSeconds(1));
            }
            return now.until(Instant.EPOCH);
          });
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A write whose answer was lost counts as written: no worker waits for itself. */
  private State update(RowKey key, Function<Row, State> change) {
    return writes
        .update(
            key,
            row -> Optional.of(row.next(clock.instant().plus(KEPT), change.apply(row).fields())))
        .map(State::of)
        .orElseThrow();
  }

  private static UnavailableException later(Duration delay) {
    return new UnavailableException("another worker of this visit", delay);
  }
}
