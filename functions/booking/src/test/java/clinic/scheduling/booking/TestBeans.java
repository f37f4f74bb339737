package clinic.scheduling.booking;

import clinic.scheduling.booking.request.Pauses;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.VerificationMessage;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * A clock that tests can move, a table that they can switch off, and a queue that they can inspect.
 */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<ChangeNotice> changes() {
    return new MemoryQueue<>();
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<VerificationMessage> codes() {
    return new MemoryQueue<>();
  }

  /** Pauses move the clock instead of waiting. */
  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  Pauses pauses(MovableClock clock, TablePace pace) {
    return new Pauses() {
      @Override
      public void pause(Duration length) {
        pace.pausing();
        clock.move(length);
      }
    };
  }
}
