package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.TimedCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What Canvas says about a clinician, kept for some seconds under the stamp of the holds that were
 * read along with it. Canvas is asked while the holds are still on their way, unless something is
 * kept that the stamp may prove to be good.
 *
 * @param <Q> the question
 */
final class VersionedCache<Q, V> {
  /** No stamp is like this. */
  private static final String TOO_LATE = "";

  /** A change in Canvas takes longer than this to reach a stamp. */
  private static final Duration ALONG = Duration.ofMillis(200);

  private final Clock clock;
  private final TimedCache<Q, Read<V>> kept;

  VersionedCache(Clock clock) {
    this.clock = clock;
    this.kept = new TimedCache<>(SlotSearch.TIMES_KEPT, SlotSearch.MOST_KEPT, clock);
  }

  private record Read<V>(V value, String stamp) {}

  /**
   * @param stamp of the clinician's holds, as this lookup reads it; another one makes what is kept
   *     stale
   * @param ask begins to ask Canvas
   */
  CompletableFuture<V> get(
      Q question, CompletableFuture<String> stamp, Supplier<CompletableFuture<V>> ask) {
    CompletableFuture<Read<V>> found = read(question, stamp, ask);
    return stamp.thenCompose(
        Log.sameUnitThen(
            now ->
                found.thenCompose(
                    Log.sameUnitThen(
                        read ->
                            read.stamp().equals(now)
                                ? CompletableFuture.completedFuture(read.value())
                                : anew(question, found, stamp, now, ask)))));
  }

  private CompletableFuture<V> anew(
      Q question,
      CompletableFuture<Read<V>> stale,
      CompletableFuture<String> stamp,
      String now,
      Supplier<CompletableFuture<V>> ask) {
    kept.forget(question, stale);
    // Another lookup may have asked anew meanwhile, and have seen yet another stamp.
    return read(question, stamp, ask)
        .thenCompose(
            Log.sameUnitThen(
                read ->
                    read.stamp().equals(now)
                        ? CompletableFuture.completedFuture(read.value())
                        : ask.get()));
  }

  private CompletableFuture<Read<V>> read(
      Q question, CompletableFuture<String> stamp, Supplier<CompletableFuture<V>> ask) {
    return kept.get(
        question,
        () -> {
          Instant asked = clock.instant();
          return ask.get().thenCombine(stamp.thenApply(it -> readAlong(it, asked)), Read::new);
        });
  }

  /** A stamp that was read later than the answer was asked for may tell of what that does not. */
  private String readAlong(String stamp, Instant asked) {
    return clock.instant().isAfter(asked.plus(ALONG)) ? TOO_LATE : stamp;
  }
}
