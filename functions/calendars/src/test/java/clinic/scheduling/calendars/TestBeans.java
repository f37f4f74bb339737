package clinic.scheduling.calendars;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MortalRows;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** A clock that tests move, and a table in memory. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MovableClock clock() {
    return new MovableClock(Instant.now());
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MortalRows rows(Clock clock) {
    return new MortalRows(clock);
  }
}
