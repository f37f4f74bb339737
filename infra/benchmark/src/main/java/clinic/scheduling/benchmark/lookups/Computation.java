package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.benchmark.report.Measurement;
import clinic.scheduling.benchmark.report.Progress;
import clinic.scheduling.benchmark.report.Ratio;
import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.benchmark.report.Table;
import clinic.scheduling.slots.SyntheticLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the computation with JMH in its own process, and once with the compiler settings of the
 * functions.
 */
public final class Computation implements Measurement {
  private static final double LIMIT_MILLIS = 5;

  /**
   * The limit for the time of one slot with up to eight times as many slots, relative to the first
   * row.
   */
  private static final double GROWTH_LIMIT = 1.5;

  private static final List<String> USUAL = List.of("-XX:+UseSerialGC", "-Xmx512m");

  /** With the C1 compiler only, as Lambda and the local run start Java. */
  private static final List<String> AS_IN_FUNCTIONS =
      List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1");

  private final Settings settings;

  public Computation(Settings settings) {
    this.settings = settings;
  }

  private record Point(int times, long candidates, int offered, double millis) {
    double nanosEach() {
      return millis * 1e6 / candidates;
    }
  }

  @Override
  public Table measure(Progress progress) throws RunnerException {
    progress.say("compute: JMH, more than a minute; its own words are in " + settings.target());
    List<Point> points = new ArrayList<>();
    for (RunResult result : new Runner(options(USUAL, "jmh.log").build()).run()) {
      points.add(point(result));
    }
    ChainedOptionsBuilder quick = options(AS_IN_FUNCTIONS, "jmh-quick.log").param("times", "1");
    return table(points, point(new Runner(quick.build()).runSingle()));
  }

  private static Table table(List<Point> points, Point asInFunctions) {
    List<List<String>> rows = new ArrayList<>();
    boolean reached = true;
    for (Point point : points) {
      boolean base = point.times() == 1;
      Ratio ratio =
          base
              ? new Ratio(point.millis() / LIMIT_MILLIS, 1)
              : new Ratio(point.nanosEach() / points.get(0).nanosEach(), GROWTH_LIMIT);
      reached &= ratio.reached();
      rows.add(row(point, ratio + (base ? " (5 ms)" : " (each)")));
    }
    rows.add(row(asInFunctions, "no limit (quick compiler)"));
    return new Table(
        "compute: 50 clinicians, from what was read to the offers in order",
        List.of("each clinician", "candidates", "offered", "ms", "ns each", "ratio"),
        rows,
        reached);
  }

  private static List<String> row(Point point, String ratio) {
    return List.of(
        "%d x 31 days, %d busy".formatted(point.times(), point.times() * 400),
        String.valueOf(point.candidates()),
        String.valueOf(point.offered()),
        String.format(Locale.ROOT, "%.2f", point.millis()),
        String.format(Locale.ROOT, "%.0f", point.nanosEach()),
        ratio);
  }

  private ChainedOptionsBuilder options(List<String> java, String log) {
    return new OptionsBuilder()
        .include(SlotComputation.class.getName())
        .forks(1)
        .jvmArgs(java.toArray(String[]::new))
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(1_500))
        .measurementIterations(6)
        .measurementTime(TimeValue.milliseconds(1_500))
        .timeUnit(TimeUnit.MICROSECONDS)
        .shouldFailOnError(true)
        .output(settings.target().resolve(log).toString());
  }

  private static Point point(RunResult result) {
    int times = Integer.parseInt(result.getParams().getParam("times"));
    SyntheticLookup same = new SyntheticLookup(times);
    return new Point(
        times, same.candidates(), same.offered(), result.getPrimaryResult().getScore() / 1_000);
  }
}
