package clinic.scheduling.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import clinic.scheduling.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessTokensTest extends TokenCase {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean down = new AtomicBoolean();
  private Duration life = Duration.ofHours(10);
  private final AccessTokens access = new AccessTokens(this::issue, clock);

  @Test
  void aTokenIsAskedForOnceAndKept() {
    Secret first = access.current();

    clock.move(life.minusMinutes(2));

    assertThat(access.current()).isEqualTo(first);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aLongTokenIsRenewedAMinuteBeforeItEnds() {
    Secret first = access.current();

    clock.move(life.minusSeconds(60));

    assertThat(access.current()).isNotEqualTo(first);
  }

  @Test
  void aShortTokenIsRenewedAfterNineTenthsOfItsLife() {
    life = Duration.ofSeconds(100);
    Secret first = access.current();

    clock.move(Duration.ofSeconds(89));
    assertThat(access.current()).isEqualTo(first);
    clock.move(Duration.ofSeconds(1));
    assertThat(access.current()).isNotEqualTo(first);
  }

  @Test
  void callersThatComeTogetherShareOneRequest() throws Exception {
    int callers = 32;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<Secret>> answers =
          IntStream.range(0, callers)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return access.current();
                          }))
              .toList();
      start.countDown();
      for (Future<Secret> answer : answers) {
        assertThat(answer.get().value()).isEqualTo("token-1");
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void aRefusedTokenIsReplacedOnceHoweverManySawTheRefusal() {
    Secret refused = access.current();

    access.invalidate(refused);
    Secret next = access.current();
    access.invalidate(refused);

    assertThat(access.current()).isEqualTo(next).isNotEqualTo(refused);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFailureIsNotKept() {
    down.set(true);
    assertThatIllegalStateException().isThrownBy(access::current);
    down.set(false);

    assertThat(access.current().value()).isEqualTo("token-2");
  }

  private AccessTokens.Issued issue() {
    int number = asked.incrementAndGet();
    if (down.get()) {
      throw new IllegalStateException("down");
    }
    return new AccessTokens.Issued(new Secret("token-" + number), life);
  }
}
