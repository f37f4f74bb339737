package clinic.scheduling.booking;

import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Waits within a request for another one; a test has its own way of letting time go by. */
@Singleton
class Pauses {
  private static final Duration RETRY = Duration.ofSeconds(2);

  /**
   * @throws UnavailableException if this process is told to stop meanwhile
   */
  void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("canvas", RETRY, e);
    }
  }
}
