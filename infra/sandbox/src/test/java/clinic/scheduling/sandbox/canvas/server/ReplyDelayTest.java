package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Toggle;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Each answer takes the time that was set, however many calls wait at once. */
class ReplyDelayTest {
  private static final int CALLS = 96;

  @Test
  void everyAnswerButTheTokenIsKeptBack() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.ANSWER_AFTER_MS, 1000);

      Duration token = timed(() -> canvas.form(CanvasExamples.number(1).bodyText()).status());
      Duration search = timed(() -> canvas.get("/Location").status());
      Duration refusal = timed(() -> canvas.get("/Slot").status());

      assertThat(token).isLessThan(Duration.ofMillis(1000));
      assertThat(search).isGreaterThanOrEqualTo(Duration.ofMillis(1000));
      assertThat(refusal).isGreaterThanOrEqualTo(Duration.ofMillis(1000));
    }
  }

  @Test
  void callsThatWaitDoNotHoldUpEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.ANSWER_AFTER_MS, 2000);
      Callable<Integer> call = () -> canvas.get("/Location").status();

      Duration together =
          timed(
              () -> {
                List<Future<Integer>> answers = threads.invokeAll(Collections.nCopies(CALLS, call));
                for (Future<Integer> answer : answers) {
                  assertThat(answer.get()).isEqualTo(200);
                }
                return CALLS;
              });

      assertThat(together).as("one wait, not two").isLessThan(Duration.ofMillis(4000));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Duration timed(Callable<Integer> work) throws Exception {
    long before = System.nanoTime();
    work.call();
    return Duration.ofNanos(System.nanoTime() - before);
  }
}
