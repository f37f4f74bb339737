package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * A cache whose values expire. Callers that ask for the same key at the same time share one
 * request. If the request fails, all of them get the failure. A failure is not cached, so the next
 * caller makes a new request.
 */
public final class TimedCache<K, V> {
  private final Duration timeToLive;
  private final int maxSize;
  private final Clock clock;
  private final ConcurrentMap<K, Answer<V>> answers = new ConcurrentHashMap<>();
  private volatile Instant swept = Instant.EPOCH;

  /**
   * @param timeToLive how long a value may be used after it was requested
   * @param maxSize how many values are kept; if there are more, expired values are dropped first,
   *     then all completed values
   */
  public TimedCache(Duration timeToLive, int maxSize, Clock clock) {
    this.timeToLive = timeToLive;
    this.maxSize = maxSize;
    this.clock = clock;
  }

  public CompletableFuture<V> get(K key, Supplier<CompletableFuture<V>> ask) {
    Instant now = clock.instant();
    sweep(now);
    if (answers.size() >= maxSize && !answers.containsKey(key)) {
      answers.values().removeIf(answer -> answer.value().isDone());
    }
    return answers
        .compute(
            key,
            (same, known) ->
                known != null && known.mayBeUsedAt(now)
                    ? known
                    : new Answer<>(ask.get(), now, now.plus(timeToLive)))
        .value();
  }

  /** Drops this answer from the cache, unless another answer has replaced it. */
  public void forget(K key, CompletableFuture<V> answer) {
    answers.computeIfPresent(key, (same, known) -> known.value() == answer ? null : known);
  }

  private void sweep(Instant now) {
    if (now.isBefore(swept) || !now.isBefore(swept.plus(timeToLive)) || answers.size() >= maxSize) {
      swept = now;
      answers.values().removeIf(answer -> !answer.mayBeUsedAt(now));
    }
  }

  private record Answer<V>(CompletableFuture<V> value, Instant asked, Instant until) {
    /** A pending request is shared for at most the time for which its value would be cached. */
    boolean mayBeUsedAt(Instant now) {
      return !value.isCompletedExceptionally() && !now.isBefore(asked) && now.isBefore(until);
    }
  }
}
