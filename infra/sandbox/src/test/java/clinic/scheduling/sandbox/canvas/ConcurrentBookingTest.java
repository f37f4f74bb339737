package clinic.scheduling.sandbox.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Two creates for one time at once end as the setting for double booking says. */
class ConcurrentBookingTest {
  private static final int PATIENTS = 8;

  @Test
  void allSucceedWhereDoubleBookingIsAllowed() throws Exception {
    try (Instance canvas = Instance.start()) {
      assertThat(together(canvas)).containsOnly(201).hasSize(PATIENTS);
    }
  }

  @Test
  void oneSucceedsWhereItIsNot() throws Exception {
    try (Instance canvas = Instance.start()) {
      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);

      List<Integer> statuses = together(canvas);

      assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 422).hasSize(PATIENTS - 1);
    }
  }

  private static List<Integer> together(Instance canvas) throws Exception {
    CyclicBarrier start = new CyclicBarrier(PATIENTS);
    Callable<Integer> create =
        () -> {
          start.await();
          return canvas.post("/Appointment", Instance.visit()).status();
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
