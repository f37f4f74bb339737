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
  /** How long a process may take until it asks for its first event. */
  static final int INIT_LIMIT_SECONDS = 60;

  /** What a child may see of the environment of this program. */
  private static final Set<String> INHERITED = Set.of("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME");

  /** Told of the two turning points of a process. */
  interface Listener {
    void initialised(FunctionProcess process);

    void exited(FunctionProcess process);
  }

  private final LaunchPlan plan;
  private final int number;
  private final WaitingLine line;
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
      WaitingLine line,
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

  /** To be called once, when the caller is ready to be told. */
  void watch() {
    var unused = process.onExit().thenRun(this::exited);
  }

  int number() {
    return number;
  }

  /** Whether it came so far as to ask for an event. */
  boolean wasInitialised() {
    return initialised;
  }

  /** What it said of its failed initialisation, in brackets; empty if nothing. */
  String initError() {
    return initError;
  }

  long pid() {
    return process.pid();
  }

  void stop() {
    process.destroy();
  }

  /** Waits for the end after {@link #stop}, and enforces it after that time. */
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

  /** The outcome is told when the process is gone: nothing of it happens after that. */
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
    // The runtime ends itself when it has its answer; the limit of the initialisation sees to it.
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
