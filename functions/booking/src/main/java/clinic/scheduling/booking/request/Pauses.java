package clinic.scheduling.booking.request;

import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Lets a request wait. Tests replace this class by one that waits in virtual time. */
@Singleton
public class Pauses {
  private static final Duration RETRY = Duration.ofSeconds(2);

  /**
   * @throws UnavailableException if the thread is interrupted while it waits
   */
  public void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("canvas", RETRY, e);
    }
  }
}
