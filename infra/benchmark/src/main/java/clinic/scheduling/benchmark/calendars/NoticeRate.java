package clinic.scheduling.benchmark.calendars;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Notices per second with 1, 2 and 4 processes of SyncCalendars, with external calls that take 20
 * ms.
 */
public final class NoticeRate implements Measurement {
  private static final List<Integer> PROCESSES = List.of(1, 2, 4);
  private static final int WARM_UP = 60;
  private static final int NOTICES = 200;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Settings settings;
  private final Clock clock;

  public NoticeRate(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    boolean complete = true;
    double alone = 0;
    for (int processes : PROCESSES) {
      try (BenchmarkClinic clinic = BenchmarkClinic.usual(settings, processes, clock)) {
        clinic.withoutNotices();
        clinic.pace(NoticeTime.CALL_MILLIS);
        NoticeBacklog backlog = new NoticeBacklog(clinic, clock);
        backlog.drain(WARM_UP, LIMIT);
        progress.say("notices: %d processes are warm, %s".formatted(processes, Machine.now()));
        NoticeBacklog.Drained drained = backlog.drain(NOTICES, LIMIT);
        alone = processes == 1 ? drained.perSecond() : alone;
        complete &= drained.complete();
        rows.add(row(processes, drained, alone));
      }
    }
    return new Table(
        "notices: %d notices about as many visits at once, every call outside taking %d ms"
            .formatted(NOTICES, NoticeTime.CALL_MILLIS),
        List.of("processes", "a second", "a second and process", "times one process", "complete"),
        rows,
        complete);
  }

  private static List<String> row(int processes, NoticeBacklog.Drained drained, double alone) {
    return List.of(
        String.valueOf(processes),
        number(drained.perSecond()),
        number(drained.perSecond() / processes),
        number(drained.perSecond() / alone),
        drained.complete() ? "yes" : "no");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
