package clinic.scheduling.fanout;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.IdempotentWrites;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.wiring.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A lock with a lease for each visit, which loses no request. A worker that finds the visit locked
 * leaves its request in the row and is done. The worker with the lock works once more before it
 * unlocks, if requests have come in. So a burst of notices about one visit costs two rounds of
 * work.
 */
@Singleton
final class VisitLock {
  private static final String ROW = "turn";
  private static final Duration KEPT = Duration.ofDays(7);

  /** A worker gives up after so many rounds, if new requests keep coming in. */
  private static final int ROUNDS = 10;

  private final IdempotentWrites writes;
  private final Clock clock;
  private final Duration lease;

  /**
   * @param lease longer than a worker can live
   */
  VisitLock(Rows rows, Clock clock, Settings.Lease lease) {
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
    this.lease = lease.length();
  }

  /** What came of a request. */
  enum Result {
    WORKED("WORKED"),
    /** Another worker has the lock, and handles the request with its own. */
    COALESCED("LEFT_TO_ANOTHER");

    private final String logWord;

    Result(String logWord) {
      this.logWord = logWord;
    }

    String logWord() {
      return logWord;
    }
  }

  /**
   * The row of a lock.
   *
   * @param requests how many requests have come in so far
   * @param fence rises each time a worker takes the lock; a worker that finds another fence than
   *     its own has lost the lock
   * @param pending what requests have asked for that found the visit locked
   */
  private record State(
      long requests, long fence, String owner, Instant leaseUntil, SyncRequest pending) {
    static State of(Row row) {
      return new State(
          row.field("asked").map(Long::parseLong).orElse(0L),
          row.field("turn").map(Long::parseLong).orElse(0L),
          row.field("owner").orElse(""),
          row.field("leaseUntil").map(Instants::parse).orElse(Instant.EPOCH),
          row.field("left").map(SyncRequest::parse).orElse(SyncRequest.NONE));
    }

    Map<String, String> fields() {
      Map<String, String> fields = new HashMap<>();
      fields.put("asked", Long.toString(requests));
      fields.put("turn", Long.toString(fence));
      fields.put("owner", owner);
      fields.put("leaseUntil", leaseUntil.toString());
      if (!pending.equals(SyncRequest.NONE)) {
        fields.put("left", pending.words());
      }
      return fields;
    }

    boolean isLocked(Instant now) {
      return now.isBefore(leaseUntil);
    }

    State withOneMoreRequest() {
      return new State(requests + 1, fence, owner, leaseUntil, pending);
    }

    State lockedBy(String worker, Instant until) {
      return new State(requests, fence + 1, worker, until, pending);
    }

    State withLease(Instant until) {
      return new State(requests, fence, owner, until, pending);
    }

    State withPending(SyncRequest more) {
      return new State(requests, fence, owner, leaseUntil, pending.and(more));
    }

    /** Nothing is pending any more. */
    State unlocked() {
      return new State(requests, fence, owner, Instant.EPOCH, SyncRequest.NONE);
    }
  }

  /**
   * Does the work under the lock, again and again while requests come in.
   *
   * @param worker the id of the message with the request, the same at each delivery
   * @param work takes the request together with those that other workers have left
   * @throws UnavailableException if an earlier delivery of the same message seems to be at work, if
   *     the lock was lost, or if requests keep coming in
   */
  Result run(String visit, String worker, SyncRequest request, Consumer<SyncRequest> work) {
    RowKey key = RowKey.ofVisit(visit, ROW);
    State state = lock(key, worker, request);
    if (!state.owner().equals(worker)) {
      return Result.COALESCED;
    }
    try {
      for (int round = 0; round < ROUNDS; round++) {
        work.accept(request.and(state.pending()));
        State next = unlock(key, state);
        if (next.requests() == state.requests()) {
          return Result.WORKED;
        }
        state = next;
      }
    } catch (RuntimeException e) {
      abandon(key, state, e);
      throw e;
    }
    UnavailableException restless = later(Duration.ofSeconds(5));
    abandon(key, state, restless);
    throw restless;
  }

  /** Takes the lock, or leaves the request in the row if another worker has the lock. */
  private State lock(RowKey key, String worker, SyncRequest request) {
    return update(
        key,
        row -> {
          Instant now = clock.instant();
          State state = State.of(row).withOneMoreRequest();
          if (state.isLocked(now) && state.owner().equals(worker)) {
            throw later(Duration.between(now, state.leaseUntil()));
          }
          return state.isLocked(now)
              ? state.withPending(request)
              : state.lockedBy(worker, now.plus(lease));
        });
  }

  /** Unlocks the visit, or renews the lease if a request has come in since. */
  private State unlock(RowKey key, State mine) {
    return update(
        key,
        row -> {
          State state = State.of(row);
          if (state.fence() != mine.fence()) {
            throw later(Duration.ofSeconds(1));
          }
          boolean isQuiet = state.requests() == mine.requests();
          return isQuiet ? state.unlocked() : state.withLease(clock.instant().plus(lease));
        });
  }

  /** Ends the lease after a failure. If that fails too, the retry waits for the lease to end. */
  private void abandon(RowKey key, State mine, RuntimeException failure) {
    try {
      update(
          key,
          row -> {
            State state = State.of(row);
            if (state.fence() != mine.fence()) {
              throw later(Duration.ofSeconds(1));
            }
            return state.withLease(Instant.EPOCH);
          });
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A write counts even if its answer was lost, so that no worker waits for itself. */
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
