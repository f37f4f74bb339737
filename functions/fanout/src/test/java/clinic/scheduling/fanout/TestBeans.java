package clinic.scheduling.fanout;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PostponedMessages;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A clock that tests move, a table that they make unavailable, queues that they inspect. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  FragileQueue messages() {
    return new FragileQueue();
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<ChangeNotice> changes(MovableClock clock) {
    return new MemoryQueue<>(clock);
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  PostponedMessages sqs() {
    return new PostponedMessages();
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<CalendarChange> calendarChanges(MovableClock clock) {
    return new MemoryQueue<>(clock);
  }
}
