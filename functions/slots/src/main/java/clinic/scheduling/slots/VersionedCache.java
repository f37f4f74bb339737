package clinic.scheduling.slots;

import clinic.scheduling.core.Log;
import clinic.scheduling.core.TimedCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Caches an answer of Canvas about a clinician for five seconds, together with the version of the
 * clinician's holds that was read at the same time. A lookup uses the answer only if it reads the
 * same version. A booking of ours or a notice of Canvas changes the version. After that, no process
 * uses the cached answer any more (docs/decisions/0011).
 *
 * <p>If no answer is cached, the request to Canvas starts at once, in parallel with the read of the
 * version.
 *
 * @param <Q> the question, which is the key
 * @param <V> the answer
 */
final class VersionedCache<Q, V> {
  static final Duration KEPT = Duration.ofSeconds(5);
  private static final int MAX_ENTRIES = 4_000;

  /** Stands for a version that was read too late, and equals no real version. */
  private static final String NO_VERSION = "";

  /**
   * A change in Canvas takes longer than this to change the version. So a version belongs to the
   * answer if it was read at most this long after the request to Canvas began.
   */
  private static final Duration SAME_MOMENT = Duration.ofMillis(200);

  private final Clock clock;
  private final TimedCache<Q, VersionedValue<V>> cache;

  VersionedCache(Clock clock) {
    this.clock = clock;
    this.cache = new TimedCache<>(KEPT, MAX_ENTRIES, clock);
  }

  private record VersionedValue<V>(V value, String version) {}

  /**
   * @param version the version of the clinician's holds, as this lookup reads it
   * @param ask starts the request to Canvas
   */
  CompletableFuture<V> get(
      Q question, CompletableFuture<String> version, Supplier<CompletableFuture<V>> ask) {
    CompletableFuture<VersionedValue<V>> found = read(question, version, ask);
    return version.thenCompose(
        Log.sameUnitThen(
            now ->
                found.thenCompose(
                    Log.sameUnitThen(
                        read ->
                            read.version().equals(now)
                                ? CompletableFuture.completedFuture(read.value())
                                : askAgain(question, found, version, now, ask)))));
  }

  private CompletableFuture<V> askAgain(
      Q question,
      CompletableFuture<VersionedValue<V>> stale,
      CompletableFuture<String> version,
      String now,
      Supplier<CompletableFuture<V>> ask) {
    cache.forget(question, stale);
    // Another lookup may have asked meanwhile, under yet another version. Then ask Canvas once
    // more, without the cache.
    return read(question, version, ask)
        .thenCompose(
            Log.sameUnitThen(
                read ->
                    read.version().equals(now)
                        ? CompletableFuture.completedFuture(read.value())
                        : ask.get()));
  }

  private CompletableFuture<VersionedValue<V>> read(
      Q question, CompletableFuture<String> version, Supplier<CompletableFuture<V>> ask) {
    return cache.get(
        question,
        () -> {
          Instant asked = clock.instant();
          return ask.get()
              .thenCombine(
                  version.thenApply(it -> versionIfReadInTime(asked, it)), VersionedValue::new);
        });
  }

  /**
   * A version that was read well after the request to Canvas may include a change that the answer
   * does not show.
   */
  private String versionIfReadInTime(Instant asked, String version) {
    return clock.instant().isAfter(asked.plus(SAME_MOMENT)) ? NO_VERSION : version;
  }
}
