package clinic.scheduling.upkeep;

import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.PatientMessage;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** A clock that tests move, a table in memory, and queues that keep their messages. */
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
  MemoryQueue<CalendarChange> calendarChanges() {
    return new MemoryQueue<>();
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  MemoryQueue<PatientMessage> messages() {
    return new MemoryQueue<>();
  }
}
