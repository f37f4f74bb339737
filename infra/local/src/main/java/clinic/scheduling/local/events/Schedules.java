package clinic.scheduling.local.events;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.template.Deployment.ScheduleSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls functions by the clock. {@code rate(…)} runs by itself; {@code cron(…)} and {@code at(…)}
 * only run when asked to, since nobody keeps a laptop open until three in the morning.
 */
public final class Schedules implements AutoCloseable {
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private final List<ScheduleSpec> schedules;
  private final Map<String, FunctionPool> functions;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          run -> {
            Thread thread = new Thread(run, "schedules");
            thread.setDaemon(true);
            return thread;
          });

  private Schedules(List<ScheduleSpec> schedules, Map<String, FunctionPool> functions) {
    this.schedules = schedules;
    this.functions = functions;
  }

  public static Schedules start(List<ScheduleSpec> schedules, Map<String, FunctionPool> functions) {
    Schedules started = new Schedules(schedules, functions);
    schedules.forEach(started::repeat);
    return started;
  }

  /** The names that {@link #run} knows. */
  public List<String> names() {
    return schedules.stream().map(ScheduleSpec::name).sorted().toList();
  }

  /** Runs a schedule now; empty if there is none of that name. */
  public Optional<CompletableFuture<Outcome>> run(String name) {
    return schedules.stream()
        .filter(schedule -> schedule.name().equals(name))
        .findFirst()
        .map(this::call);
  }

  /** The time between two runs; empty if the expression is not a rate. */
  static Optional<Duration> rate(String expression) {
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(rate.group(1));
    return Optional.of(
        switch (rate.group(2)) {
          case "minute" -> Duration.ofMinutes(count);
          case "hour" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void repeat(ScheduleSpec schedule) {
    rate(schedule.expression())
        .ifPresent(
            every -> {
              var unused =
                  timer.scheduleAtFixedRate(
                      () -> call(schedule),
                      every.toMillis(),
                      every.toMillis(),
                      TimeUnit.MILLISECONDS);
            });
  }

  private CompletableFuture<Outcome> call(ScheduleSpec schedule) {
    FunctionPool function = functions.get(schedule.function());
    if (function == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed("Local.NoFunction", schedule.function() + " is not running"));
    }
    return function.invoke(schedule.input().getBytes(StandardCharsets.UTF_8));
  }
}
