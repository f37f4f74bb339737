package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.WorkerThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTurnsTest {
  private static final String MAILBOX = "outlook:one";
  private final MailboxTurns turns = new MailboxTurns();
  private final WorkerThreads threads = new WorkerThreads(10);

  @Test
  void theWorkOnOneCalendarIsDoneOneAfterAnother() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    threads.all(
        IntStream.range(0, 10)
            .<Supplier<Optional<Duration>>>mapToObj(
                n ->
                    () ->
                        turns.take(
                            MAILBOX,
                            () -> {
                              most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                              pause(5);
                              atOnce.decrementAndGet();
                              return Optional.empty();
                            }))
            .toList());

    assertThat(most).hasValue(1);
  }

  @Test
  void aCalendarThatTakesLongHoldsUpNoOtherOneAndIsTriedAgainLater() throws Exception {
    CountDownLatch isBusy = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    threads.execute(
        () ->
            turns.take(
                MAILBOX,
                () -> {
                  isBusy.countDown();
                  await(end);
                  return Optional.empty();
                }));
    assertThat(isBusy.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(turns.take("google:two", () -> Optional.of(Duration.ofMinutes(7))))
        .contains(Duration.ofMinutes(7));
    assertThat(turns.take(MAILBOX, Optional::empty)).contains(Duration.ofSeconds(1));

    end.countDown();
    assertThat(turns.take(MAILBOX, Optional::empty)).isEmpty();
  }

  @Test
  void aFailureEndsTheTurn() {
    Supplier<Optional<Duration>> fails =
        () -> {
          throw new IllegalStateException();
        };
    try {
      turns.take(MAILBOX, fails);
    } catch (IllegalStateException e) {
      assertThat(turns.take(MAILBOX, Optional::empty)).isEmpty();
      return;
    }
    throw new AssertionError("the failure was lost");
  }

  private static void pause(int ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
