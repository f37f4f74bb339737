package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
  private final WorkerThreads threads = new WorkerThreads(4);

  @Test
  void allPiecesAreAtWorkAtTheSameTime() {
    CyclicBarrier allHere = new CyclicBarrier(5);

    List<Integer> results =
        threads.all(
            IntStream.range(0, 5)
                .<Supplier<Integer>>mapToObj(
                    n ->
                        () -> {
                          meet(allHere);
                          return n;
                        })
                .toList());

    assertThat(results).as("in the order of the pieces").containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void aFailureIsThrownAfterAllOthersAreDone() {
    AtomicInteger done = new AtomicInteger();
    Supplier<Integer> slow =
        () -> {
          pause();
          return done.incrementAndGet();
        };
    Supplier<Integer> fails =
        () -> {
          throw new IllegalStateException("one of them");
        };

    assertThatThrownBy(() -> threads.all(List.of(fails, slow, slow)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("one of them");
    assertThat(done).hasValue(2);
    assertThatThrownBy(() -> threads.all(List.of(slow, fails, slow)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(done).hasValue(4);
  }

  @Test
  void moreWorkThanThreadsIsDoneByTheCallerAndNothingIsLost() {
    AtomicInteger done = new AtomicInteger();

    threads.all(
        IntStream.range(0, 50).<Supplier<Integer>>mapToObj(n -> done::incrementAndGet).toList());

    assertThat(done).hasValue(50);
    assertThat(threads.all(List.of())).isEmpty();
  }

  @Test
  void linesOfAllPiecesCarryTheIdsOfTheCaller() {
    Log log = Log.of(WorkerThreadsTest.class);
    try (LogLines lines = new LogLines()) {
      log.begin("message", "m-1");
      Supplier<Boolean> piece =
          () -> {
            log.info("here");
            return true;
          };

      threads.all(List.of(piece, piece, piece));
      log.info("afterwards");
      log.end();

      assertThat(lines.text().lines()).hasSize(4).allMatch(line -> line.contains("message=m-1"));
    }
  }

  @Test
  void withoutThreadsOneFollowsTheOtherAndAFailureEndsTheWork() {
    AtomicInteger done = new AtomicInteger();
    Supplier<Integer> fails =
        () -> {
          throw new IllegalStateException("the second");
        };

    assertThat(Concurrency.NONE.all(List.of(done::incrementAndGet, done::incrementAndGet)))
        .containsExactly(1, 2);
    assertThatThrownBy(
            () ->
                Concurrency.NONE.all(List.of(done::incrementAndGet, fails, done::incrementAndGet)))
        .hasMessage("the second");
    assertThat(done).hasValue(3);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("they were not at work at the same time", e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
