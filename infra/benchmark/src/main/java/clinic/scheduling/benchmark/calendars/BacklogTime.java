package clinic.scheduling.benchmark.calendars;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A backlog of 5,000 notices, processed by as many processes as the template allows: how fast, and
 * how close it comes to the limits of Graph and Google for one mailbox.
 */
public final class BacklogTime implements Measurement {
  private static final int PROCESSES = 4;
  private static final int WARM_UP = 60;
  private static final int NOTICES = 5_000;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** 10,000 requests in ten minutes for an application and a mailbox. */
  private static final int GRAPH_PER_MINUTE = 1_000;

  /** 600 requests a minute for a user and a project. */
  private static final int GOOGLE_PER_MINUTE = 600;

  private final Settings settings;
  private final Clock clock;

  public BacklogTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.usual(settings, PROCESSES, clock)) {
      clinic.withoutNotices();
      clinic.pace(NoticeTime.CALL_MILLIS);
      NoticeBacklog backlog = new NoticeBacklog(clinic, clock);
      backlog.drain(WARM_UP, LIMIT);
      progress.say("drain: %d processes are warm, %s".formatted(PROCESSES, Machine.now()));
      NoticeBacklog.Drained drained = backlog.drain(NOTICES, LIMIT);
      progress.say("drain: %d s, %s".formatted(drained.time().toSeconds(), Machine.now()));
      Ratio graph = new Ratio(drained.callsPerMinute("outlook") / GRAPH_PER_MINUTE, 1);
      Ratio google = new Ratio(drained.callsPerMinute("google") / GOOGLE_PER_MINUTE, 1);
      return new Table(
          "drain: %d notices in the queue at once, two clinicians, every call outside taking %d ms"
              .formatted(NOTICES, NoticeTime.CALL_MILLIS),
          List.of("minutes", "a second", "dead", "complete", "Graph's limit", "Google's limit"),
          List.of(
              List.of(
                  number(drained.time().toSeconds() / 60.0),
                  number(drained.perSecond()),
                  String.valueOf(drained.dead()),
                  drained.complete() ? "yes" : "no",
                  graph.toString(),
                  google.toString())),
          drained.complete() && graph.reached() && google.reached());
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
