package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Toggle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * The setting for double booking decides whether two simultaneous creates for one time both
 * succeed.
 */
class ConcurrentBookingTest {
  private static final int PATIENTS = 8;

  /** Enough that a missing lock shows in nearly every run. */
  private static final int ROUNDS = 30;

  @Test
  void allSucceedWhereDoubleBookingIsAllowed() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(together(canvas, 0)).containsOnly(201).hasSize(PATIENTS);
    }
  }

  @Test
  void oneSucceedsWhereItIsNot() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);

      for (int round = 0; round < ROUNDS; round++) {
        List<Integer> statuses = together(canvas, round);

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 422).hasSize(PATIENTS - 1);
      }
    }
  }

  private static List<Integer> together(RunningCanvas canvas, int hour) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PATIENTS);
    Instant from = Instant.parse("2027-03-16T16:00:00Z").plus(Duration.ofHours(hour));
    String until = from.plus(Duration.ofMinutes(30)).toString();
    Callable<Integer> create =
        () -> {
          start.await();
          return canvas.post("/Appointment", RunningCanvas.visit(from.toString(), until)).status();
        };
    ExecutorService threads = Executors.newFixedThreadPool(PATIENTS);
    try {
      return threads.invokeAll(Collections.nCopies(PATIENTS, create)).stream()
          .map(
              answer -> {
                try {
                  return answer.get();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    } finally {
      threads.shutdownNow();
    }
  }
}
