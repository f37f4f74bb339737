package clinic.scheduling.testing;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.ledger.MortalRows;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * Replaces the real clock by one that tests move, and the real table by one in memory that tests
 * can make unreachable. If a function needs other test beans, these have priority 2.
 */
@Singleton
final class SharedBeans {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MovableClock clock() {
    return new MovableClock(SystemClock.utc().instant());
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MortalRows rows(Clock clock) {
    return new MortalRows(clock);
  }
}
