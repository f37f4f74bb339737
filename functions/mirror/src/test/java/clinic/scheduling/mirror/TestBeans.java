package clinic.scheduling.mirror;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PostponedMessages;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A queue and an SQS that tests inspect. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<CalendarChange> changes(MovableClock clock) {
    return new MemoryQueue<>(clock);
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  PostponedMessages sqs() {
    return new PostponedMessages();
  }
}
