package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.core.MovableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Lets pauses pass without waiting. */
@Singleton
final class TestRetryReads {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  RetryReads retryReads(MovableClock clock) {
    return new RetryReads(millis -> clock.move(Duration.ofMillis(millis)));
  }
}
