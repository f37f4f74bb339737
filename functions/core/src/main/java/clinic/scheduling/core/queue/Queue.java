package clinic.scheduling.core.queue;

import java.time.Duration;

/**
 * A queue that delivers at least once, in no promised order.
 *
 * @param <T> a message of ids, versioned, without a word about a patient
 */
public interface Queue<T> {

  /**
   * Returns once the queue has the message for good.
   *
   * @param delay before it is delivered, at most 15 minutes
   */
  void send(T message, Duration delay);

  default void send(T message) {
    send(message, Duration.ZERO);
  }
}
