package clinic.scheduling.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads that work at the same time. A thread that has nothing to do ends after half a minute. If
 * all threads are at work, the caller does the piece itself, so nothing waits in a queue.
 */
public final class WorkerThreads implements Concurrency, Executor {
  private static final int KEPT_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  /**
   * @param most the number of threads
   */
  public WorkerThreads(int most) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            WorkerThreads::daemon,
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /** The caller does the first piece. The log lines of all pieces carry the ids of the caller. */
  @Override
  public <T> List<T> all(List<Supplier<T>> pieces) {
    List<CompletableFuture<T>> results = new ArrayList<>();
    for (Supplier<T> piece : pieces.subList(Math.min(1, pieces.size()), pieces.size())) {
      results.add(CompletableFuture.supplyAsync(Log.sameUnit(piece), threads));
    }
    pieces.stream().limit(1).forEach(piece -> results.add(0, done(piece)));
    CompletableFuture<Void> all =
        CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
    try {
      all.exceptionally(failure -> null).join();
      return results.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw asThrown(e);
    }
  }

  private static <T> CompletableFuture<T> done(Supplier<T> piece) {
    try {
      return CompletableFuture.completedFuture(piece.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static RuntimeException asThrown(CompletionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause ? cause : e;
  }
}
