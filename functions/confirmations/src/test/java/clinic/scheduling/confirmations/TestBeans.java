package clinic.scheduling.confirmations;

import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.PostponedMessages;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A clock that tests set, a table that they can lose, a queue that they can read. */
@Singleton
final class TestBeans {

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  MovableClock clock() {
    return new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  PostponedMessages sqs() {
    return new PostponedMessages();
  }

  /** The example practice, or that of {@link Strict}. */
  @Produces
  @Alternative
  @Priority(1)
  @Singleton
  Practice practice(@ConfigProperty(name = "test.practice", defaultValue = "usual") String which) {
    return which.equals(Strict.NAME) ? Strict.practice() : Samples.practice();
  }
}
