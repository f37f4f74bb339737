package clinic.scheduling.benchmark.messages;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.Visits;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * A run of the reminders over 1,000 and over 100,000 future visits, of which some are due. The
 * number of reads must grow with the due visits, not with the others.
 */
public final class ReminderScan implements Measurement {
  /** The limit for the number of appointments that are read for each due one. */
  private static final double LIMIT = 1.5;

  /**
   * One measured run. Most runs have a reminder step of their own. Consecutive runs overlap by a
   * minute, so with a shared step the visits that were due in the previous run would be due again
   * and count again.
   */
  private record Run(int ahead, int due, String step, Duration before) {}

  private static final List<Run> RUNS =
      List.of(
          new Run(1_000, 10, "week", Duration.ofDays(7)),
          new Run(1_000, 200, "confirm", Duration.ofDays(2)),
          new Run(100_000, 10, "soon", Duration.ofHours(2)),
          new Run(100_000, 200, "week", Duration.ofDays(7)));

  private final Settings settings;
  private final Clock clock;

  public ReminderScan(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress)
      throws IOException, InterruptedException, ExecutionException {
    List<List<String>> rows = new ArrayList<>();
    boolean reached = true;
    try (BenchmarkClinic clinic =
        BenchmarkClinic.with(
            settings, 1, Map.of("PRACTICE", ReminderRuns.practice(settings).toString()), clock)) {
      clinic.withoutNotices();
      Visits visits = new Visits(clinic, clock);
      ReminderRuns reminders = new ReminderRuns(clinic);
      reminders.run();
      int exist = 0;
      for (Run run : RUNS) {
        if (exist < run.ahead()) {
          Instant far = clock.instant().plus(Duration.ofDays(20));
          visits.book(run.ahead() - exist, far, Duration.ofDays(40).dividedBy(run.ahead()));
          exist = run.ahead();
          progress.say("reminders: %d visits lie ahead, %s".formatted(exist, Machine.now()));
        }
        Row row = run(visits, reminders, run);
        rows.add(row.cells());
        reached &= row.ratio().reached();
      }
    }
    return new Table(
        "reminders: a run over all visits that lie ahead",
        List.of("lie ahead", "due", "read", "ms", "read ÷ due"),
        rows,
        reached);
  }

  private record Row(int ahead, int due, int read, double millis) {
    Ratio ratio() {
      return new Ratio((double) read / due, LIMIT);
    }

    List<String> cells() {
      return List.of(
          String.valueOf(ahead),
          String.valueOf(due),
          String.valueOf(read),
          String.format(Locale.ROOT, "%.0f", millis),
          ratio().toString());
    }
  }

  /** Books the due visits so that they fall due just after a run; the next run finds them. */
  private Row run(Visits visits, ReminderRuns reminders, Run run)
      throws IOException, InterruptedException, ExecutionException {
    reminders.run();
    visits.book(run.due(), clock.instant().plus(run.before()), Duration.ZERO);
    Thread.sleep(2_000);
    long start = System.nanoTime();
    JsonNode answer = reminders.run().path(run.step());
    double millis = (System.nanoTime() - start) / 1e6;
    int due = answer.path("due").asInt();
    if (due < run.due()) {
      throw new IOException("%s of %d due reminders were found".formatted(answer, run.due()));
    }
    return new Row(run.ahead(), due, answer.path("read").asInt(), millis);
  }
}
