package clinic.scheduling.core.queue;

import java.time.Duration;

/**
 * A queue that delivers at least once, in any order (docs/facts/aws.md 2).
 *
 * @param <T> a versioned message of ids, without patient data
 */
public interface Queue<T> {

  /**
   * Returns once the queue has stored the message.
   *
   * @param delay how long the queue waits before it delivers the message, at most 15 minutes
   */
  void send(T message, Duration delay);

  default void send(T message) {
    send(message, Duration.ZERO);
  }
}
