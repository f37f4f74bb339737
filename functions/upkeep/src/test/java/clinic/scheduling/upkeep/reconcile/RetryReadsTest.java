package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.UnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A read that fails once does not postpone its clinician to the next run. */
class RetryReadsTest {
  private final MovableClock clock = MovableClock.at("2027-03-01T15:00:00Z");
  private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), clock);
  private final RetryReads retry = new RetryReads(millis -> clock.move(Duration.ofMillis(millis)));
  private int asked;

  @Test
  void aReadThatFailsIsAskedAgainAfterTheDelayThatItAskedFor() {
    assertThat(retry.read(deadline, failing(2, Duration.ofSeconds(3)))).isEqualTo("read");
    assertThat(clock.instant()).isEqualTo("2027-03-01T15:00:06Z");
  }

  @Test
  void afterFourTriesItIsGivenUp() {
    assertThatThrownBy(() -> retry.read(deadline, failing(4, Duration.ofSeconds(1))))
        .isInstanceOf(UnavailableException.class);
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void aLongDelayIsNotWaitedFor() {
    assertThatThrownBy(() -> retry.read(deadline, failing(1, Duration.ofSeconds(11))))
        .isInstanceOf(UnavailableException.class);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void thereIsNoWaitThatWouldLeaveNoTimeForTheRead() {
    clock.move(Duration.ofSeconds(45));

    assertThatThrownBy(() -> retry.read(deadline, failing(1, Duration.ofSeconds(8))))
        .isInstanceOf(UnavailableException.class);
    assertThat(asked).isEqualTo(1);
  }

  private Supplier<String> failing(int times, Duration delay) {
    return () -> {
      asked++;
      if (asked <= times) {
        throw new UnavailableException("canvas", delay);
      }
      return "read";
    };
  }
}
