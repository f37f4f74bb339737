package clinic.scheduling.core.queue;

import clinic.scheduling.core.WorkerThreads;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;

/**
 * Handles the messages of a batch at the same time. The runtime calls a function once for each
 * message, waits for all of them, and reports those that failed (docs/facts/aws.md 2).
 *
 * <p>The runtime collects the failures in a list that only one thread may change, so they are
 * reported on one thread.
 */
public final class MessageBatch {
  /** {@code BatchSize} of template.yaml is not larger. */
  public static final int MOST_MESSAGES = 10;

  private final Executor workers = new WorkerThreads(MOST_MESSAGES);
  private final Executor reports = new OneAtATime();

  /** Handles one message. An exception makes it a failed one. */
  public Uni<Void> handle(Runnable message) {
    return Uni.createFrom()
        .<Void>item(
            () -> {
              message.run();
              return null;
            })
        .runSubscriptionOn(workers)
        .emitOn(reports);
  }

  /** Runs each report on the thread that brings it, but no two of them at the same time. */
  private static final class OneAtATime implements Executor {
    @Override
    public synchronized void execute(Runnable report) {
      report.run();
    }
  }
}
