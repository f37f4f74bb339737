package clinic.scheduling.slots;

import clinic.scheduling.core.MovableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A clock that tests move, and a table in memory. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  MovableClock clock() {
    return MovableClock.at("2026-12-28T12:00:00Z");
  }
}
