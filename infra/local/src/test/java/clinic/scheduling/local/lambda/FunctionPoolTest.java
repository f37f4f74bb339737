package clinic.scheduling.local.lambda;

import static clinic.scheduling.local.testing.TestFunctions.answer;
import static clinic.scheduling.local.testing.TestFunctions.invoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.local.testing.TestFunctions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A packaged function runs in processes of its own: as many as it needs, and no more than the
 * limit.
 */
class FunctionPoolTest {
  @TempDir Path folder;

  @Test
  void aPackagedFunctionAnswersItsEvent() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 10, 1)) {
      assertThat(answer(function, "{\"hello\":1}")).isEqualTo("{\"hello\":1}");
      assertThat(answer(function, "{\"hello\":2}")).isEqualTo("{\"hello\":2}");
    }
  }

  @Test
  void aFunctionSeesTheDeadlineAndLambdasEnvironmentAndNothingOfOurs() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 10, 1)) {
      assertThat(Long.parseLong(answer(function, "do=deadline"))).isBetween(5_000L, 10_000L);
      assertThat(answer(function, "do=env"))
          .contains("AWS_LAMBDA_FUNCTION_NAME=Test", "LAMBDA_TASK_ROOT=", "AWS_REGION=us-east-1")
          .doesNotContain("MAVEN");
    }
  }

  @Test
  void anErrorOfAFunctionIsReportedAndTheProcessGoesOn() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 10, 1)) {
      String pid = answer(function, "do=pid");

      assertThat(invoke(function, "do=error"))
          .isEqualTo(new Outcome.Failed("java.lang.IllegalStateException", "as ordered"));
      assertThat(answer(function, "do=pid")).isEqualTo(pid);
    }
  }

  @Test
  void aFunctionThatTakesTooLongIsKilledAndReplaced() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 1, 1)) {
      String pid = answer(function, "do=pid");

      assertThat(invoke(function, "do=sleep-20000")).isEqualTo(new Outcome.TimedOut(1));
      assertThat(ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false))
          .isFalse();
      assertThat(answer(function, "do=pid")).isNotEqualTo(pid);
    }
  }

  @Test
  void aProcessThatDiesInTheMiddleFailsItsInvocationAndIsReplaced() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 10, 1)) {
      assertThat(invoke(function, "do=die-3"))
          .isEqualTo(
              new Outcome.Failed(
                  "Runtime.ExitError",
                  "Test-1 ended with exit code 3 in the middle of an invocation"));
      assertThat(answer(function, "{}")).isEqualTo("{}");
    }
  }

  @Test
  void anIdleProcessThatIsKilledCostsNoInvocation() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 10, 1)) {
      String pid = answer(function, "do=pid");

      ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> !function.pids().contains(Long.valueOf(pid)));

      assertThat(answer(function, "do=pid")).isNotEqualTo(pid);
    }
  }

  @Test
  void loadStartsMoreProcessesUpToTheLimit() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 20, 3)) {
      List<CompletableFuture<Outcome>> outcomes =
          Stream.generate(() -> function.invoke("do=sleep-1500".getBytes(StandardCharsets.UTF_8)))
              .limit(8)
              .toList();

      long processes = outcomes.stream().map(FunctionPoolTest::pid).distinct().count();

      assertThat(processes).isBetween(2L, 3L);
      assertThat(function.pids()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void aFunctionThatDoesNotComeUpIsNamedWithItsLog() throws Exception {
    List<String> console = new CopyOnWriteArrayList<>();
    try (FunctionPool function = TestFunctions.start(folder, TestFunctions.DYING, 10, 1, console)) {

      assertThat(function.ready())
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining("Test died 5 times while starting")
          .withMessageContaining("Test-5.log");
      assertThat(invoke(function, "{}")).isInstanceOf(Outcome.Failed.class);
      assertThat(Files.readString(folder.resolve("logs/Test-5.log")))
          .contains("the last words of a function");
    }
  }

  @Test
  void aStopLeavesNoProcessBehind() throws Exception {
    FunctionPool function = TestFunctions.start(folder, 20, 2);
    answer(function, "{}");
    var open = function.invoke("do=sleep-10000".getBytes(StandardCharsets.UTF_8));
    List<Long> pids = function.pids();

    function.close();

    assertThat(pids).isNotEmpty();
    assertThat(pids)
        .noneMatch(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
    assertThat(open).succeedsWithin(Duration.ofSeconds(5));
  }

  @Test
  void anAnswerAboveSixMebibytesIsRefused() throws Exception {
    try (FunctionPool function = TestFunctions.start(folder, 20, 1)) {
      assertThat(invoke(function, "do=big-7000000"))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.errorType()).isEqualTo("Function.ResponseSizeTooLarge"));
      assertThat(answer(function, "{}")).isEqualTo("{}");
    }
  }

  private static String pid(CompletableFuture<Outcome> outcome) {
    try {
      return new String(
          ((Outcome.Answered) outcome.get(60, TimeUnit.SECONDS)).payload(), StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
