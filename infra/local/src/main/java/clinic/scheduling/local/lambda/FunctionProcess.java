package clinic.scheduling.local.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One running process of a function with its own runtime API: an execution environment. */
final class FunctionProcess implements RuntimeApi.Source {
  /** The limit for the initialisation of a process, which ends when it asks for its first event. */
  static final int INIT_LIMIT_SECONDS = 60;

  /** The environment variables that a process inherits from this program. */
  private static final Set<String> INHERITED = Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME");

  /** Observes the life of a process. */
  interface Listener {
    void initialised(FunctionProcess process);

    void exited(FunctionProcess process);
  }

  private final LaunchPlan plan;
  private final int number;
  private final InvocationQueue line;
  private final Listener listener;
  private final ScheduledExecutorService timer;
  private final RuntimeApi api;
  private final Process process;
  private final ScheduledFuture<?> initLimit;
  private volatile boolean initialised;
  private volatile Optional<Outcome> timedOut = Optional.empty();
  private volatile String initError = "";

  FunctionProcess(
      LaunchPlan plan,
      int number,
      InvocationQueue line,
      Listener listener,
      ScheduledExecutorService timer,
      Clock clock)
      throws IOException {
    this.plan = plan;
    this.number = number;
    this.line = line;
    this.listener = listener;
    this.timer = timer;
    this.api =
        new RuntimeApi(plan.function().name(), plan.function().timeoutSeconds(), this, clock);
    this.process = launch();
    this.initLimit = timer.schedule(this::kill, INIT_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Starts to notify the listener. Call it once. */
  void watch() {
    var unused = process.onExit().thenRun(this::exited);
  }

  int number() {
    return number;
  }

  /** Whether it has asked for an event. */
  boolean wasInitialised() {
    return initialised;
  }

  /** The error of its failed initialisation, in brackets; empty if there is none. */
  String initError() {
    return initError;
  }

  long pid() {
    return process.pid();
  }

  void stop() {
    process.destroy();
  }

  /** Waits for the end of the process after {@link #stop}, and kills it after that time. */
  void awaitEnd(long millis) throws InterruptedException {
    if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      process.waitFor(5, TimeUnit.SECONDS);
    }
    api.close();
  }

  private void kill() {
    process.destroyForcibly();
  }

  private Process launch() throws IOException {
    Files.createDirectories(plan.logs());
    ProcessBuilder builder = new ProcessBuilder(plan.command());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.putAll(plan.environment());
    environment.putAll(lambdaEnvironment());
    return builder
        .directory(plan.folder().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log(number).toFile()))
        .start();
  }

  private Map<String, String> lambdaEnvironment() {
    String name = plan.function().name();
    return Map.of(
        "AWS_LAMBDA_RUNTIME_API",
        api.address(),
        "AWS_LAMBDA_FUNCTION_NAME",
        name,
        "AWS_LAMBDA_FUNCTION_VERSION",
        "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        String.valueOf(plan.function().memoryMegabytes()),
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "/aws/lambda/" + name,
        "AWS_LAMBDA_LOG_STREAM_NAME",
        name + "-" + number,
        "AWS_LAMBDA_INITIALIZATION_TYPE",
        "on-demand",
        "_HANDLER",
        plan.function().handler(),
        "LAMBDA_TASK_ROOT",
        plan.folder().toString());
  }

  @Override
  public Optional<Invocation> next() throws InterruptedException {
    return line.take(process::isAlive);
  }

  @Override
  public void initialised() {
    initialised = true;
    initLimit.cancel(false);
    listener.initialised(this);
  }

  @Override
  public void delivered(Invocation invocation) {
    int seconds = plan.function().timeoutSeconds();
    ScheduledFuture<?> limit = timer.schedule(() -> timeOut(seconds), seconds, TimeUnit.SECONDS);
    var unused = invocation.outcome().thenRun(() -> limit.cancel(false));
    if (!process.isAlive()) {
      invocation.end(diedInTheMiddle());
    }
  }

  /**
   * The invocation ends only after the process has ended, so nothing that the process does can
   * happen after the end of the invocation.
   */
  private void timeOut(int seconds) {
    timedOut = Optional.of(new Outcome.TimedOut(seconds));
    kill();
  }

  @Override
  public void notDelivered(Invocation invocation) {
    line.putBack(invocation);
  }

  @Override
  public void initFailed(String errorType, String message) {
    // The runtime exits when it gets the response, or the limit of the initialisation ends it.
    initError = " (" + errorType + ": " + message + ")";
  }

  private void exited() {
    initLimit.cancel(false);
    line.wake();
    Optional<Invocation> open = api.current();
    api.close();
    open.ifPresent(invocation -> invocation.end(diedInTheMiddle()));
    listener.exited(this);
  }

  private Outcome diedInTheMiddle() {
    if (timedOut.isPresent()) {
      return timedOut.get();
    }
    return new Outcome.Failed(
        "Runtime.ExitError",
        "%s-%d ended with exit code %d in the middle of an invocation"
            .formatted(plan.function().name(), number, process.exitValue()));
  }
}
