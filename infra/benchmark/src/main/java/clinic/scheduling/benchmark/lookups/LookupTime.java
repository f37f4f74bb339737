package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.WebClient;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The response time of a warm lookup, relative to the time that Canvas alone needs, where Canvas
 * takes 100 ms for each call. It is also measured with sequential calls.
 */
public final class LookupTime implements Measurement {
  private static final int ANSWER_MILLIS = 100;

  /** The default of {@code SLOT_SEARCHES_AT_ONCE}. */
  private static final int AT_ONCE = 16;

  private static final double P50_LIMIT = 1.2;
  private static final double P99_LIMIT = 1.5;
  private static final List<Size> SIZES =
      List.of(
          new Size(1, 200, 200, 3),
          new Size(16, 200, 200, 3),
          new Size(64, 50, 100, 2),
          new Size(256, 12, 30, 1));

  private final Settings settings;
  private final Clock clock;

  public LookupTime(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param oneByOne how many sequential lookups there are
   */
  private record Size(int schedules, int warmUp, int lookups, int oneByOne) {
    int ideal() {
      return (schedules + AT_ONCE - 1) / AT_ONCE * ANSWER_MILLIS;
    }
  }

  private record Result(Size size, Times ours, Times oneByOne) {
    Ratio p50() {
      return new Ratio(ours.p50() / size.ideal(), P50_LIMIT);
    }

    Ratio p99() {
      return new Ratio(ours.p99() / size.ideal(), P99_LIMIT);
    }

    List<String> row() {
      return List.of(
          String.valueOf(size.schedules()),
          String.valueOf(size.lookups()),
          ms(ours.p50()),
          ms(ours.p99()),
          String.valueOf(size.ideal()),
          p50().toString(),
          p99().toString(),
          ms(oneByOne.p50()),
          String.format(Locale.ROOT, "%.1f", oneByOne.p50() / ours.p50()));
    }

    private static String ms(double millis) {
      return String.format(Locale.ROOT, "%.0f", millis);
    }
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Size size : SIZES) {
      results.add(measure(size, progress));
    }
    return new Table(
        "lookup: milliseconds to answer, Canvas taking 100 ms a call; 16 calls at once",
        List.of(
            "schedules",
            "lookups",
            "p50",
            "p99",
            "ideal",
            "p50 / ideal",
            "p99 / ideal",
            "one by one",
            "times ours"),
        results.stream().map(Result::row).toList(),
        results.stream().allMatch(one -> one.p50().reached() && one.p99().reached()));
  }

  private Result measure(Size size, Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.large(settings, size.schedules(), clock)) {
      clinic.toggle("answerAfterMs", ANSWER_MILLIS);
      DateWindows windows = new DateWindows(clock);
      lookups(clinic, windows, size.warmUp());
      progress.say("lookup over %d schedules is warm".formatted(size.schedules()));
      Times ours = Times.of(lookups(clinic, windows, size.lookups()));
      requireAsked(ours, size);
      progress.say("  %.0f ms, %s".formatted(ours.p50(), Machine.now()));
      SequentialLookup obvious = SequentialLookup.of(clinic.sandbox(), clinic.web());
      List<Long> nanos = new ArrayList<>();
      for (int round = 0; round < size.oneByOne(); round++) {
        nanos.add(obvious.lookup(size.schedules(), windows));
      }
      Result result = new Result(size, ours, Times.of(nanos));
      progress.say("  %.0f ms one by one".formatted(result.oneByOne().p50()));
      return result;
    }
  }

  private static List<Long> lookups(BenchmarkClinic clinic, DateWindows windows, int count)
      throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WebClient.Timed answer =
          clinic.web().get(clinic.api(), "/slots?visit=office&" + windows.next());
      if (answer.response().statusCode() != 200
          || !answer.response().body().contains("\"unavailable\":[]")) {
        throw new IOException("Not everybody answered: " + answer.response());
      }
      nanos.add(answer.nanos());
    }
    return nanos;
  }

  /** A lookup that is faster than Canvas can answer did not read every schedule. */
  private static void requireAsked(Times times, Size size) throws IOException {
    if (times.least() < size.ideal()) {
      throw new IOException("Canvas was not asked: " + times.least() + " ms");
    }
  }
}
