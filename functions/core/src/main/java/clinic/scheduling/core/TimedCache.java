package clinic.scheduling.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Answers that are kept for a while. Callers that ask the same at the same time share one answer; a
 * failure is shared by those who wait for it and then forgotten.
 */
public final class TimedCache<K, V> {
  private final Duration time;
  private final int most;
  private final Clock clock;
  private final ConcurrentMap<K, Answer<V>> answers = new ConcurrentHashMap<>();
  private volatile Instant swept = Instant.EPOCH;

  /**
   * @param time how long after it was asked for an answer may be used
   * @param most so many answers are kept; beyond it the old ones are forgotten, then all but those
   *     under way
   */
  public TimedCache(Duration time, int most, Clock clock) {
    this.time = time;
    this.most = most;
    this.clock = clock;
  }

  public CompletableFuture<V> get(K key, Supplier<CompletableFuture<V>> ask) {
    Instant now = clock.instant();
    sweep(now);
    if (answers.size() >= most && !answers.containsKey(key)) {
      answers.values().removeIf(answer -> answer.value().isDone());
    }
    return answers
        .compute(
            key,
            (same, known) ->
                known != null && known.mayBeUsedAt(now)
                    ? known
                    : new Answer<>(ask.get(), now, now.plus(time)))
        .value();
  }

  /** Forgets this answer, unless another one has taken its place. */
  public void forget(K key, CompletableFuture<V> answer) {
    answers.computeIfPresent(key, (same, known) -> known.value() == answer ? null : known);
  }

  private void sweep(Instant now) {
    if (now.isBefore(swept) || !now.isBefore(swept.plus(time)) || answers.size() >= most) {
      swept = now;
      answers.values().removeIf(answer -> !answer.mayBeUsedAt(now));
    }
  }

  private record Answer<V>(CompletableFuture<V> value, Instant asked, Instant until) {
    /** An answer that is still under way is waited for no longer than it would be kept. */
    boolean mayBeUsedAt(Instant now) {
      return !value.isCompletedExceptionally() && !now.isBefore(asked) && now.isBefore(until);
    }
  }
}
