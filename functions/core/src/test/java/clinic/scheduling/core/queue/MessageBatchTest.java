package clinic.scheduling.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MessageBatchTest {
  private final MessageBatch batch = new MessageBatch();

  @Test
  void allMessagesOfABatchAreAtWorkAtTheSameTime() {
    CyclicBarrier allHere = new CyclicBarrier(MessageBatch.MOST_MESSAGES);
    List<Uni<Void>> all =
        IntStream.range(0, MessageBatch.MOST_MESSAGES)
            .mapToObj(n -> batch.handle(() -> meet(allHere)))
            .toList();

    Uni.combine().all().unis(all).discardItems().await().indefinitely();

    assertThat(allHere.getNumberWaiting()).isZero();
  }

  /** As the runtime does it: its list of failures is a plain one. */
  @RepeatedTest(50)
  void eachFailureIsReportedAndNoTwoAtTheSameTime() {
    List<Integer> failed = new ArrayList<>();
    AtomicInteger reporting = new AtomicInteger();
    List<Uni<Void>> all =
        IntStream.range(0, MessageBatch.MOST_MESSAGES)
            .mapToObj(
                n ->
                    batch
                        .handle(() -> failIfEven(n))
                        .onFailure()
                        .invoke(
                            () -> {
                              assertThat(reporting.incrementAndGet()).isEqualTo(1);
                              failed.add(n);
                              reporting.decrementAndGet();
                            }))
            .toList();

    Uni.combine()
        .all()
        .unis(all)
        .collectFailures()
        .discardItems()
        .onFailure()
        .recoverWithNull()
        .await()
        .indefinitely();

    assertThat(failed).containsExactlyInAnyOrder(0, 2, 4, 6, 8);
  }

  private static void failIfEven(int number) {
    if (number % 2 == 0) {
      throw new IllegalStateException("an even one");
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("they were not at work at the same time", e);
    }
  }
}
