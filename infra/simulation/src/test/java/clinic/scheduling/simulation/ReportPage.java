package clinic.scheduling.simulation;

import clinic.scheduling.simulation.Runs.Lags;
import clinic.scheduling.simulation.Runs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Writes the figures of several runs as a page. */
record ReportPage(String text) {

  static ReportPage of(List<Result> results) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Simulation report

        Written by `mvn verify -pl infra/simulation -am -Dsimulation.report=true` (with
        `-Dsimulation.seeds=100` for more runs of the full size); what is simulated is in
        [infra/simulation/README.md](../infra/simulation/README.md).

        """);
    section(page, "Full runs: 10,000 notices over 2,000 visits", part(results, true));
    section(page, "Small runs: a tenth of it", part(results, false));
    return new ReportPage(page.toString());
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text);
  }

  private static List<Result> part(List<Result> results, boolean full) {
    return results.stream().filter(result -> result.isFull() == full).toList();
  }

  private static void section(StringBuilder page, String title, List<Result> runs) {
    if (runs.isEmpty()) {
      return;
    }
    long wrong = runs.stream().filter(run -> !run.counted().wrong().isEmpty()).count();
    page.append("## ").append(title).append("\n\n");
    page.append(
        String.format(
            Locale.ROOT, "%d runs, %d of them wrong in the end.%n%n", runs.size(), wrong));
    page.append("| | least | median | most |\n| --- | ---: | ---: | ---: |\n");
    row(page, "milliseconds of a run, wall clock", runs, Result::millis);
    lags(page, "calm", runs, Result::calm);
    lags(page, "storm", runs, Result::storm);
    for (Counter what : Counter.values()) {
      row(page, name(what), runs, run -> run.counted().of(what));
    }
    page.append("\nWhere processes were killed, over all runs:\n\n| boundary | times |\n")
        .append("| --- | ---: |\n");
    TreeMap<String, Long> kills = new TreeMap<>();
    runs.forEach(run -> run.counted().kills().forEach((at, n) -> kills.merge(at, n, Long::sum)));
    kills.forEach(
        (at, times) ->
            page.append("| ")
                .append(at.toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(" | ")
                .append(times)
                .append(" |\n"));
    page.append('\n');
  }

  private static void lags(
      StringBuilder page, String when, List<Result> runs, Function<Result, Lags> lags) {
    row(page, when + ": ms from 202 to calendars, p50", runs, it -> lags.apply(it).percentile(50));
    row(page, when + ": ms from 202 to calendars, p95", runs, it -> lags.apply(it).percentile(95));
  }

  private static void row(
      StringBuilder page, String name, List<Result> runs, ToLongFunction<Result> figure) {
    long[] all = runs.stream().mapToLong(figure).sorted().toArray();
    page.append(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %,d |%n",
            name,
            all[0],
            all[all.length / 2],
            Arrays.stream(all).max().orElse(0)));
  }

  private static String name(Counter what) {
    String words = what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return what.isHardState() ? "**" + words + "**" : words;
  }
}
