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
 * A clock that tests move and a table in memory that they can take away, in place of the real ones.
 * A function's own test beans have priority 2 where they differ.
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
