package clinic.scheduling.core.ledger;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A lock with a lease on one thing, such as a visit. No request is lost: a worker that finds the
 * thing locked stores its request in the lock's row and is done. If the row has new requests, the
 * worker that has the lock works once more before it unlocks. Even a large number of notices in a
 * short time usually costs only two rounds of work.
 *
 * <p>To see whether new requests came in, a worker compares the row's counter of requests before
 * and after its work. To see whether it still has the lock, it compares the fence in the row with
 * its own.
 *
 * @param <R> what workers ask for
 */
public final class CoalescingLock<R> {
  private static final Duration KEPT = Duration.ofDays(7);

  /** The most rounds that one worker does while new requests keep coming in. */
  private static final int ROUNDS = 10;

  private final IdempotentWrites writes;
  private final Clock clock;
  private final Duration lease;
  private final Requests<R> requests;

  /**
   * @param lease the length of a lease, which is longer than a worker can live
   */
  public CoalescingLock(Rows rows, Clock clock, Duration lease, Requests<R> requests) {
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
    this.lease = lease;
    this.requests = requests;
  }

  /** How requests are combined, and stored in the row of the lock. */
  public interface Requests<R> {
    /** Asks for nothing. */
    R none();

    /** Asks for everything that either of them asks for. */
    R combine(R one, R other);

    String text(R request);

    R parse(String text);
  }

  /** The outcome of a request. */
  public enum Result {
    WORKED("WORKED"),
    /** Another worker has the lock, and handles this request together with its own. */
    COALESCED("LEFT_TO_ANOTHER");

    private final String logWord;

    Result(String logWord) {
      this.logWord = logWord;
    }

    public String logWord() {
      return logWord;
    }
  }

  /**
   * The row of a lock.
   *
   * @param requests the number of requests so far, of all workers
   * @param fence rises each time a worker takes the lock; a worker that finds another fence than
   *     its own has lost the lock
   * @param pending the combined requests of the workers that found it locked
   */
  private record State(
      long requests, long fence, String owner, Instant leaseUntil, String pending) {
    static State of(Row row) {
      return new State(
          row.field("asked").map(Long::parseLong).orElse(0L),
          row.field("turn").map(Long::parseLong).orElse(0L),
          row.field("owner").orElse(""),
          row.field("leaseUntil").map(Instants::parse).orElse(Instant.EPOCH),
          row.field("left").orElse(""));
    }

    Map<String, String> fields() {
      Map<String, String> fields = new HashMap<>();
      fields.put("asked", Long.toString(requests));
      fields.put("turn", Long.toString(fence));
      fields.put("owner", owner);
      fields.put("leaseUntil", leaseUntil.toString());
      if (!pending.isEmpty()) {
        fields.put("left", pending);
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

    State withPending(String all) {
      return new State(requests, fence, owner, leaseUntil, all);
    }

    /** The state of a free lock, with nothing pending. */
    State unlocked() {
      return new State(requests, fence, owner, Instant.EPOCH, "");
    }
  }

  /**
   * Does the work under the lock, and repeats it while new requests come in.
   *
   * @param key the key of the row of the lock, which is used for nothing else
   * @param worker the id of the message with the request; it stays the same when the message is
   *     redelivered
   * @param work the work; it takes the request, combined with the requests that other workers have
   *     stored
   * @throws UnavailableException if an earlier delivery of the same message seems to be at work, if
   *     the lock was lost, or if requests keep coming in
   */
  public Result run(RowKey key, String worker, R request, Consumer<R> work) {
    State state = lock(key, worker, request);
    if (!state.owner().equals(worker)) {
      return Result.COALESCED;
    }
    try {
      for (int round = 0; round < ROUNDS; round++) {
        work.accept(requests.combine(request, pending(state)));
        State next = unlock(key, state);
        if (next.requests() == state.requests()) {
          return Result.WORKED;
        }
        state = next;
      }
    } catch (RuntimeException e) {
      endLease(key, state, e);
      throw e;
    }
    UnavailableException tooManyRequests = later(Duration.ofSeconds(5));
    endLease(key, state, tooManyRequests);
    throw tooManyRequests;
  }

  private R pending(State state) {
    return state.pending().isEmpty() ? requests.none() : requests.parse(state.pending());
  }

  /**
   * Takes the lock, or stores the request in the row if another worker has the lock.
   *
   * @return the state of the row after the write; its owner is the worker that has the lock now
   */
  private State lock(RowKey key, String worker, R request) {
    return update(
        key,
        row -> {
          Instant now = clock.instant();
          State state = State.of(row).withOneMoreRequest();
          if (state.isLocked(now) && state.owner().equals(worker)) {
            throw later(Duration.between(now, state.leaseUntil()));
          }
          return state.isLocked(now)
              ? state.withPending(requests.text(requests.combine(pending(state), request)))
              : state.lockedBy(worker, now.plus(lease));
        });
  }

  /** Unlocks, or renews the lease if a request has come in since. */
  private State unlock(RowKey key, State mine) {
    return update(
        key,
        row -> {
          State state = State.of(row);
          if (state.fence() != mine.fence()) {
            throw later(Duration.ofSeconds(1));
          }
          boolean hasNoNewRequest = state.requests() == mine.requests();
          return hasNoNewRequest ? state.unlocked() : state.withLease(clock.instant().plus(lease));
        });
  }

  /**
   * Ends the lease after a failure, so that the retry can start at once. If that fails too, the
   * retry waits until the lease ends.
   */
  private void endLease(RowKey key, State mine, RuntimeException failure) {
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

  /**
   * Changes the row. If the answer to our write is lost, we recognise our own write in the row.
   * Otherwise the worker would wait for its own lock.
   */
  private State update(RowKey key, Function<Row, State> change) {
    return writes
        .update(
            key,
            row -> Optional.of(row.next(clock.instant().plus(KEPT), change.apply(row).fields())))
        .map(State::of)
        .orElseThrow();
  }

  private static UnavailableException later(Duration delay) {
    return new UnavailableException("another worker", delay);
  }
}
