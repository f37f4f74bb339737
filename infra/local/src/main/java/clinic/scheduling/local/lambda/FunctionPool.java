package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The processes of one function. At least one is always running. An invocation that finds none idle
 * for a moment starts another one, up to the limit of the plan. A process that dies is replaced,
 * each time after a longer wait. One that exceeds the time-out of the function is killed.
 */
public final class FunctionPool implements AutoCloseable, FunctionProcess.Listener {
  /**
   * After this many processes in a row that die before their first event, the function counts as
   * broken.
   */
  public static final int QUICK_DEATHS = 5;

  /** How long an invocation may wait for a process. */
  static final int WAIT_LIMIT_SECONDS = 60;

  /**
   * How long an invocation waits before another process is started for it. A start takes seconds of
   * CPU time, so a shorter wait is not worth one.
   */
  static final int PATIENCE_MILLIS = 250;

  private static final long LONGEST_BACKOFF_MILLIS = 10_000;

  private final LaunchPlan plan;
  private final Clock clock;
  private final Consumer<String> console;
  private final InvocationQueue line = new InvocationQueue();
  private final List<FunctionProcess> processes = new ArrayList<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final ScheduledExecutorService timer;
  private int started;
  private int quickDeaths;
  private String lastWords = "";
  private boolean closed;

  /**
   * Starts the first process.
   *
   * @param console gets a message if the function is broken
   */
  public FunctionPool(LaunchPlan plan, Clock clock, Consumer<String> console) {
    this.plan = plan;
    this.clock = clock;
    this.console = console;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread thread = new Thread(run, "pool-" + plan.function().name());
              thread.setDaemon(true);
              return thread;
            });
    startIfNeeded();
  }

  /** Completes when the first process has asked for an event; fails if the function is broken. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /** Invokes the function with an event. The future always completes, never exceptionally. */
  public CompletableFuture<Outcome> invoke(byte[] event) {
    Invocation invocation = new Invocation(event);
    if (isBroken()) {
      invocation.end(new Outcome.Failed("Runtime.ExitError", broken()));
      return invocation.outcome();
    }
    line.add(invocation);
    later(this::startIfNeeded, PATIENCE_MILLIS);
    Outcome throttled = new Outcome.Throttled("no process was free in time");
    later(() -> line.expire(invocation, throttled), WAIT_LIMIT_SECONDS * 1000L);
    return invocation.outcome();
  }

  /** The name of the function. */
  public String name() {
    return plan.function().name();
  }

  /** The ids of the running processes. */
  public synchronized List<Long> pids() {
    return processes.stream().map(FunctionProcess::pid).toList();
  }

  /** The maximum number of processes of this function. */
  public int most() {
    return plan.most();
  }

  @Override
  public void close() {
    List<FunctionProcess> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(processes);
    }
    running.forEach(FunctionProcess::stop);
    try {
      for (FunctionProcess process : running) {
        process.awaitEnd(3_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
    failWaiting("the local run is stopping");
  }

  @Override
  public void initialised(FunctionProcess process) {
    synchronized (this) {
      quickDeaths = 0;
    }
    ready.complete(null);
  }

  @Override
  public void exited(FunctionProcess process) {
    synchronized (this) {
      processes.remove(process);
      if (closed) {
        return;
      }
      if (!process.wasInitialised()) {
        quickDeaths++;
        lastWords = process.initError();
      }
    }
    if (isBroken()) {
      giveUp();
    }
    long delay = process.wasInitialised() ? 0 : backoffMillis();
    later(this::startIfNeeded, delay);
  }

  private void later(Runnable action, long millis) {
    try {
      var unused = timer.schedule(action, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      failWaiting("the local run is stopping");
    }
  }

  private synchronized boolean isBroken() {
    return quickDeaths >= QUICK_DEATHS;
  }

  private synchronized long backoffMillis() {
    return Math.min(LONGEST_BACKOFF_MILLIS, 100L << Math.min(quickDeaths, 10));
  }

  private void giveUp() {
    failWaiting(broken());
    if (ready.completeExceptionally(new FunctionBrokenException(broken()))) {
      return;
    }
    console.accept(broken());
  }

  private synchronized String broken() {
    return "%s died %d times while starting%s; see %s%s"
        .formatted(
            plan.function().name(),
            quickDeaths,
            lastWords,
            plan.log(started),
            CrashCause.of(plan.log(started)));
  }

  private void failWaiting(String why) {
    line.drain().forEach(i -> i.end(new Outcome.Failed("Runtime.ExitError", why)));
  }

  private synchronized void startIfNeeded() {
    long starting = processes.stream().filter(p -> !p.wasInitialised()).count();
    boolean wanted = processes.isEmpty() || line.unserved() > starting;
    if (closed || !wanted || processes.size() >= plan.most()) {
      return;
    }
    try {
      FunctionProcess process = new FunctionProcess(plan, ++started, line, this, timer, clock);
      processes.add(process);
      process.watch();
    } catch (IOException e) {
      quickDeaths = QUICK_DEATHS;
      String why = "%s cannot be started: %s".formatted(plan.function().name(), e.getMessage());
      failWaiting(why);
      ready.completeExceptionally(new FunctionBrokenException(why));
    }
  }
}
