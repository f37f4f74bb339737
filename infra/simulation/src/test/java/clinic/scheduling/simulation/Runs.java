package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.Practice;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The seeds to run: {@code -Dsimulation.seeds=100} of the full size, {@code -Dsimulation.small=100}
 * of a tenth, or {@code -Dsimulation.seed=full-17} alone. Each run has its own thread and shares
 * nothing with others.
 */
final class Runs {
  private static final int THREADS = 2;
  private static final String FULL = "full-";
  private static final String SMALL = "small-";
  private static final String MEETINGS = "meetings-";

  private final Practice practice = SimulatedPractice.practice();
  private final Practice practiceWithMeetings = SimulatedPractice.withMeetings();
  private final ObjectMapper mapper = new ObjectMapper();

  /** The result of one run. */
  record Result(
      String name, boolean isFull, RunResult counted, Lags calm, Lags storm, long millis) {

    boolean hasMeetings() {
      return name.startsWith(MEETINGS);
    }

    boolean isSmall() {
      return name.startsWith(SMALL);
    }

    /** The command that replays it. */
    String command() {
      return "mvn verify -pl infra/simulation -am -Dtest=EverySeedConvergesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed="
          + name;
    }
  }

  /** The times from the 202 to both calendars, in milliseconds. */
  record Lags(List<Long> all) {
    Lags {
      all = all.stream().sorted().toList();
    }

    long percentile(int percent) {
      return all.isEmpty() ? 0 : all.get(Math.min(all.size() - 1, all.size() * percent / 100));
    }
  }

  static List<String> asked() {
    String one = System.getProperty("simulation.seed", "");
    if (!one.isBlank()) {
      return List.of(one);
    }
    List<String> names = new ArrayList<>();
    for (int seed = 1; seed <= number("simulation.seeds", 1); seed++) {
      names.add(FULL + seed);
    }
    for (int seed = 1; seed <= number("simulation.small", 40); seed++) {
      names.add(SMALL + seed);
    }
    for (int seed = 1; seed <= number("simulation.meetings", 17); seed++) {
      names.add(MEETINGS + seed);
    }
    return names;
  }

  private static int number(String property, int usual) {
    String value = System.getProperty(property, "");
    return value.isBlank() ? usual : Integer.parseInt(value);
  }

  List<Result> all(List<String> names) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Result>> work = new ArrayList<>();
      names.forEach(name -> work.add(() -> one(name)));
      List<Result> results = new ArrayList<>();
      for (Future<Result> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
      results.sort(Comparator.comparing(Result::isFull).reversed());
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a run broke down", e);
    } finally {
      threads.shutdownNow();
    }
  }

  Result one(String name) {
    boolean full = name.startsWith(FULL);
    boolean meetings = name.startsWith(MEETINGS);
    if (!full && !meetings && !name.startsWith(SMALL)) {
      throw new IllegalArgumentException(
          "simulation.seed is like full-17, small-17 or meetings-17: " + name);
    }
    long seed = Long.parseLong(name.substring(name.indexOf('-') + 1));
    long began = System.nanoTime();
    Run run =
        meetings
            ? new Run(seed, Run.Size.MEETINGS, practiceWithMeetings, mapper)
            : new Run(seed, full ? Run.Size.FULL : Run.Size.SMALL, practice, mapper);
    RunResult counted = run.play();
    long millis = (System.nanoTime() - began) / 1_000_000;
    Result result =
        new Result(
            name,
            full,
            counted,
            new Lags(run.oracle.calmLags),
            new Lags(run.oracle.stormLags),
            millis);
    if (!counted.wrong().isEmpty()) {
      System.err.println(told(result));
    }
    return result;
  }

  static String told(Result result) {
    return String.format(
        Locale.ROOT,
        "%s:%n  %s%nreplay: %s",
        result.name(),
        String.join(System.lineSeparator() + "  ", result.counted().wrong()),
        result.command());
  }
}
