package clinic.scheduling.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.simulation.Counter.Part;
import clinic.scheduling.simulation.Runs.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Whatever faults occur: after they end and reconciliation has run, Outlook and Google agree with
 * Canvas, each patient was told each change once, the dead letters are the malformed messages, and
 * no patient data is where it must not be.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EverySeedConvergesTest {
  private static final long CALM_MILLIS = 60_000;
  private static final long STORM_MILLIS = 15 * 60_000;

  /** With at least this many small runs, all rare states must be reached. */
  private static final int MANY = 30;

  /** The same for runs in which meetings block time. */
  private static final int MANY_WITH_MEETINGS = 10;

  private final PrintStream out = System.out;
  private List<Result> results = List.of();

  @BeforeAll
  void play() throws IOException {
    // Reconciliation prints a line of metrics for each clinician.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    results = new Runs().all(Runs.asked());
    if (Boolean.getBoolean("simulation.report")) {
      ReportPage.of(results).write(Path.of("..", "..", "docs", "simulation-report.md"));
    }
  }

  @AfterAll
  void restore() {
    System.setOut(out);
  }

  @Test
  void nothingIsWrongInTheEnd() {
    assertThat(results)
        .filteredOn(result -> !result.counted().wrong().isEmpty())
        .as("runs that went wrong, with the command that replays each")
        .map(Runs::told)
        .isEmpty();
  }

  @Test
  void theRunsWithMeetingsReachTheHardStatesTogether() {
    List<Result> runs = results.stream().filter(Result::hasMeetings).toList();
    if (runs.size() >= MANY_WITH_MEETINGS) {
      for (Counter state : hardStates(Part.MEETINGS)) {
        assertThat(runs).as(state.name()).anyMatch(one -> one.counted().of(state) > 0);
      }
    }
  }

  @Test
  void eachFullRunReachesTheHardStates() {
    for (Result result : results) {
      if (result.isFull()) {
        for (Counter state : hardStates(Part.VISITS)) {
          assertThat(result.counted().of(state)).as(result.name() + " " + state).isPositive();
        }
      }
    }
  }

  @Test
  void theSmallRunsReachTheHardStatesTogether() {
    List<Result> small = results.stream().filter(Result::isSmall).toList();
    if (small.size() >= MANY) {
      for (Counter state : hardStates(Part.VISITS)) {
        assertThat(small).as(state.name()).anyMatch(one -> one.counted().of(state) > 0);
      }
    }
  }

  @Test
  void somebodyDiesBeforeAndAfterEachKindOfChange() {
    Set<String> deaths =
        results.stream()
            .flatMap(result -> result.counted().kills().keySet().stream())
            .collect(Collectors.toSet());
    if (results.size() >= MANY) {
      assertThat(deaths).containsAll(boundaries());
    }
  }

  @Test
  void calendarsAreRightSoonAfterTheNotice() {
    for (Result result : results) {
      if (result.isFull()) {
        assertThat(result.calm().percentile(95)).as(result.name()).isLessThan(CALM_MILLIS);
        assertThat(result.storm().percentile(95)).as(result.name()).isLessThan(STORM_MILLIS);
      }
    }
  }

  @Test
  void aSeedIsTheSameRunEachTime() {
    Runs runs = new Runs();

    for (String seed : List.of("small-1", "meetings-1")) {
      assertThat(runs.one(seed).counted().text()).isEqualTo(runs.one(seed).counted().text());
    }
  }

  private static Set<String> boundaries() {
    return Arrays.stream(EffectKind.values())
        .filter(EffectKind::isChange)
        .flatMap(it -> Stream.of("before " + it, "after " + it))
        .collect(Collectors.toSet());
  }

  private static List<Counter> hardStates(Part part) {
    return Arrays.stream(Counter.values()).filter(state -> state.hardStateOf == part).toList();
  }
}
