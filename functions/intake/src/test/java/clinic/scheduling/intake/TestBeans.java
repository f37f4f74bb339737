package clinic.scheduling.intake;

import clinic.scheduling.core.MovableClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A clock that tests move, a table in memory, and a queue that can fail. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  MovableClock clock() {
    return MovableClock.at(NoticeCase.NOON);
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  FailingQueue queue() {
    return new FailingQueue();
  }
}
