package clinic.scheduling.benchmark.calendars;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.Visits;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From a change in Canvas to both calendars: staff book one visit after another, Canvas sends its
 * signed notice, and everything is warm. The time without the calls to Canvas, Outlook and Google
 * is our overhead: gateway, intake, queue, table and code.
 */
public final class NoticeTime implements Measurement {
  static final int CALL_MILLIS = 20;
  private static final int WARM_UP = 40;
  private static final int NOTICES = 100;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Clock clock;

  public NoticeTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.usual(settings, 1, clock)) {
      Visits visits = new Visits(clinic, clock);
      clinic.pace(CALL_MILLIS);
      notify(clinic, visits, WARM_UP);
      progress.say("notice: everything is warm, " + Machine.now());
      Map<String, Instant> starts = notify(clinic, visits, NOTICES);
      progress.say("notice: %d done, %s".formatted(NOTICES, Machine.now()));
      List<Long> whole = new ArrayList<>();
      List<Long> outside = new ArrayList<>();
      List<Long> ours = new ArrayList<>();
      for (MirroredVisit one : MirroredVisit.of(clinic.logs(MirroredVisit.FUNCTION))) {
        Instant start = starts.remove(one.visit());
        if (start != null) {
          long all = Duration.between(start, one.done()).toMillis();
          whole.add(all * 1_000_000);
          outside.add(one.outsideMillis() * 1_000_000);
          ours.add((all - one.outsideMillis()) * 1_000_000);
        }
      }
      return table(Times.of(whole), Times.of(outside), Times.of(ours), starts.size());
    }
  }

  /** Books visits one after another, and keeps the time just before each. */
  private Map<String, Instant> notify(BenchmarkClinic clinic, Visits visits, int count)
      throws IOException, InterruptedException {
    Map<String, Instant> starts = new LinkedHashMap<>();
    for (int number = 0; number < count; number++) {
      Instant start = clock.instant();
      String visit = visits.book();
      starts.put(visit, start);
      await(clinic, visit, start.plus(LIMIT));
    }
    return starts;
  }

  private void await(BenchmarkClinic clinic, String visit, Instant end)
      throws IOException, InterruptedException {
    while (NoticeBacklog.logLines(clinic, "synced visit=" + visit) == 0) {
      if (clock.instant().isAfter(end)) {
        throw new IOException("A notice has not come through in " + LIMIT);
      }
      Thread.sleep(10);
    }
  }

  private static Table table(Times whole, Times outside, Times ours, int missing) {
    return new Table(
        "notice: from a booking by staff to both calendars, one after another, every call outside taking %d ms; in ms; not mirrored %d of 0"
            .formatted(CALL_MILLIS, missing),
        List.of("", "p50", "p90", "p99"),
        List.of(
            row("whole", whole), row("calls outside, together", outside), row("overhead", ours)),
        missing == 0);
  }

  private static List<String> row(String what, Times times) {
    return List.of(what, ms(times.p50()), ms(times.percentile(90)), ms(times.p99()));
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.0f", millis);
  }
}
