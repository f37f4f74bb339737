package clinic.scheduling.core.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.setup.NotSetUpException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A running process takes up the first practice document by itself, soon after it was put. */
class SetUpTest {
  private final MovableClock clock = MovableClock.at("2027-03-16T12:00:00Z");
  private final AtomicInteger looks = new AtomicInteger();
  private final LogLines log = new LogLines();
  private RuntimeException failure = new IllegalStateException("a bean", new NotSetUpException());

  private final SetUp setUp = new SetUp(this::create, clock);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void whileThereIsNoDocumentNothingIsAnError() {
    assertThat(setUp.isDone()).isFalse();

    assertThat(log.text()).contains("not-set-up");
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void theDocumentIsTakenUpWithinTenSeconds() {
    setUp.isDone();
    failure = null;

    assertThat(setUp.isDone()).isFalse();
    clock.move(Duration.ofSeconds(10));
    assertThat(setUp.isDone()).isTrue();
  }

  @Test
  void manyEventsLookOnce() {
    for (int event = 0; event < 9; event++) {
      setUp.isDone();
    }

    assertThat(looks).hasValue(1);
  }

  @Test
  void afterTheFunctionIsCreatedNobodyLooksAnyMore() {
    failure = null;
    setUp.isDone();
    clock.move(Duration.ofDays(1));

    assertThat(setUp.isDone()).isTrue();
    assertThat(looks).hasValue(1);
    assertThat(log.text()).doesNotContain("not-set-up");
  }

  @Test
  void anyOtherFailureIsAFailedStart() {
    failure = new IllegalStateException("a bad key");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(setUp::isDone)
        .withMessage("a bad key");
  }

  private Iterator<LambdaFunction> create() {
    looks.incrementAndGet();
    if (failure != null) {
      throw failure;
    }
    return List.<LambdaFunction>of(new LambdaFunction() {}).iterator();
  }
}
