package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.clinic.OpenLoop;
import clinic.scheduling.benchmark.clinic.OpenLoop.Sample;
import clinic.scheduling.benchmark.report.Machine;
import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.benchmark.report.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A hundred lookups per second for a minute, in the local run with its usual practice. */
public final class LookupLoad implements Measurement {
  private static final int PER_SECOND = 100;
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Duration WARM_UP = Duration.ofSeconds(90);
  private static final int PROCESSES = 4;
  private static final int BURSTS = 20;
  private static final int BURST = 150;
  private static final double LIMIT = 4;

  /**
   * The limit for the time until the last response, relative to the sending time. Without it a
   * system that falls behind would pass: if all requests wait long, the slowest wait little longer
   * than the others.
   */
  private static final double PACE_LIMIT = 1.02;

  private final Settings settings;
  private final Clock clock;

  public LookupLoad(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Table measure(Progress progress) throws IOException, InterruptedException {
    try (BenchmarkClinic clinic = BenchmarkClinic.usual(settings, PROCESSES, clock)) {
      long seed = clock.millis();
      LookupMix mix = new LookupMix(seed, clock);
      startAll(clinic, mix);
      OpenLoop loop = new OpenLoop(clinic.web(), () -> call(clinic, mix));
      loop.run(PER_SECOND, WARM_UP);
      progress.say(
          "load: seed %d, %d processes are warm, %s"
              .formatted(seed, clinic.processes().size(), Machine.now()));
      List<Sample> samples = loop.run(PER_SECOND, TIME);
      progress.say("load: %d requests answered, %s".formatted(samples.size(), Machine.now()));
      keep(samples);
      return table(samples);
    }
  }

  private static OpenLoop.Call call(BenchmarkClinic clinic, LookupMix mix) {
    LookupMix.Request request = mix.next();
    return new OpenLoop.Call(
        request.kind(),
        clinic.web().to(clinic.api(), request.path()),
        answer -> mix.answered(request, answer.body()));
  }

  /** Starts all processes before the measurement: a process starts only when requests wait. */
  private static void startAll(BenchmarkClinic clinic, LookupMix mix) {
    for (int i = 0; i < BURSTS && clinic.processes().size() < PROCESSES; i++) {
      List<CompletableFuture<?>> burst = new ArrayList<>();
      for (int j = 0; j < BURST; j++) {
        burst.add(
            clinic
                .web()
                .sendAside(clinic.web().to(clinic.api(), mix.next().path()))
                .handle((answer, failure) -> failure == null));
      }
      CompletableFuture.allOf(burst.toArray(CompletableFuture[]::new)).join();
    }
  }

  private static Table table(List<Sample> samples) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", samples));
    samples.stream()
        .collect(Collectors.groupingBy(Sample::kind, TreeMap::new, Collectors.toList()))
        .forEach((kind, theirs) -> rows.add(row(kind, theirs)));
    Ratio ratio = ratio(samples);
    Ratio pace = pace(samples);
    long errors = errors(samples);
    return new Table(
        "load: %d requests a second for %d s, milliseconds from when each was due; errors %d of 0 %s; p99 / p50 %s; time / %d s %s"
            .formatted(
                PER_SECOND,
                TIME.toSeconds(),
                errors,
                errors == 0 ? "reached" : "missed",
                ratio,
                TIME.toSeconds(),
                pace),
        List.of("", "requests", "errors", "p50", "p90", "p99", "most", "p99 / p50"),
        rows,
        errors == 0 && ratio.reached() && pace.reached());
  }

  private static List<String> row(String kind, List<Sample> samples) {
    Times times = times(samples);
    return List.of(
        kind,
        String.valueOf(samples.size()),
        String.valueOf(errors(samples)),
        ms(times.p50()),
        ms(times.percentile(90)),
        ms(times.p99()),
        ms(times.greatest()),
        String.format(Locale.ROOT, "%.1f", times.p99() / times.p50()));
  }

  private static Ratio ratio(List<Sample> samples) {
    Times times = times(samples);
    return new Ratio(times.p99() / times.p50(), LIMIT);
  }

  private static Ratio pace(List<Sample> samples) {
    double seconds =
        samples.stream().mapToDouble(one -> one.due() + one.nanos() / 1e9).max().orElseThrow();
    return new Ratio(seconds / TIME.toSeconds(), PACE_LIMIT);
  }

  private static Times times(List<Sample> samples) {
    return Times.of(samples.stream().map(Sample::nanos).toList());
  }

  private static long errors(List<Sample> samples) {
    Predicate<Sample> answered = one -> one.status() == 200;
    return samples.stream().filter(answered.negate()).count();
  }

  private static String ms(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }

  /** Writes each request to a file, to analyse slow ones. */
  private void keep(List<Sample> samples) throws IOException {
    Files.write(
        settings.target().resolve("load.csv"),
        samples.stream()
            .map(
                one ->
                    String.format(
                        Locale.ROOT,
                        "%.2f;%s;%d;%.3f",
                        one.due(),
                        one.kind(),
                        one.status(),
                        one.nanos() / 1e6))
            .toList());
  }
}
