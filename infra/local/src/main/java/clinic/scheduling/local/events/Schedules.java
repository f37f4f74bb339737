package clinic.scheduling.local.events;

import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.lambda.Outcome;
import clinic.scheduling.local.template.Deployment.ScheduleSpec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invokes functions on a schedule: {@code rate(…)}, or {@code cron(…)} at times of every day.
 * Schedules with other expressions run only on request. It keeps the result of the last run of
 * each.
 */
public final class Schedules implements AutoCloseable {
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private final List<ScheduleSpec> schedules;
  private final Map<String, FunctionPool> functions;
  private final Clock clock;
  private final Map<String, Run> last = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          run -> {
            Thread thread = new Thread(run, "schedules");
            thread.setDaemon(true);
            return thread;
          });

  private Schedules(
      List<ScheduleSpec> schedules, Map<String, FunctionPool> functions, Clock clock) {
    this.schedules = schedules;
    this.functions = functions;
    this.clock = clock;
  }

  /** A finished run, and its end. */
  public record Run(Instant at, Outcome outcome) {}

  /**
   * @param byTheClock false if schedules run only on request
   */
  public static Schedules start(
      List<ScheduleSpec> schedules,
      Map<String, FunctionPool> functions,
      Clock clock,
      boolean byTheClock) {
    Schedules started = new Schedules(schedules, functions, clock);
    if (byTheClock) {
      schedules.forEach(started::repeat);
    }
    return started;
  }

  /** The names that {@link #run} accepts. */
  public List<String> names() {
    return schedules.stream().map(ScheduleSpec::name).sorted().toList();
  }

  /** The input of a schedule in the template; empty if there is no schedule with that name. */
  public Optional<String> input(String name) {
    return find(name).map(ScheduleSpec::input);
  }

  /** Runs a schedule now with an input; empty if there is no schedule with that name. */
  public Optional<CompletableFuture<Outcome>> run(String name, String input) {
    return find(name).map(schedule -> call(schedule, input));
  }

  /** The last run of each schedule that has run, by name. */
  public Map<String, Run> last() {
    return new TreeMap<>(last);
  }

  private Optional<ScheduleSpec> find(String name) {
    return schedules.stream().filter(schedule -> schedule.name().equals(name)).findFirst();
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
    Cron.of(schedule.expression()).ifPresent(cron -> runAtNext(cron, schedule));
    rate(schedule.expression())
        .ifPresent(
            every -> {
              var unused =
                  timer.scheduleAtFixedRate(
                      () -> call(schedule, schedule.input()),
                      every.toMillis(),
                      every.toMillis(),
                      TimeUnit.MILLISECONDS);
            });
  }

  private void runAtNext(Cron cron, ScheduleSpec schedule) {
    Instant now = clock.instant();
    var unused =
        timer.schedule(
            () -> {
              var running = call(schedule, schedule.input());
              runAtNext(cron, schedule);
              return running;
            },
            Duration.between(now, cron.next(now)).toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Outcome> call(ScheduleSpec schedule, String input) {
    FunctionPool function = functions.get(schedule.function());
    if (function == null) {
      return CompletableFuture.completedFuture(
          new Outcome.Failed("Local.NoFunction", schedule.function() + " is not running"));
    }
    return function
        .invoke(input.getBytes(StandardCharsets.UTF_8))
        .whenComplete(
            (outcome, failure) -> {
              if (outcome != null) {
                last.put(schedule.name(), new Run(clock.instant(), outcome));
              }
            });
  }
}
