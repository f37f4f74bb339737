package clinic.scheduling.local.stores;

import java.time.Instant;

/**
 * A message in a queue.
 *
 * @param since when it came into this queue
 */
public record QueuedMessage(State state, String id, String body, Instant since) {

  /** The state of a message. A dead letter is in its dead-letter queue, in one of these states. */
  public enum State {
    WAITING("waiting"),
    IN_FLIGHT("in-flight"),
    DEAD("dead");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The name of the state in {@code GET /local/queues}. */
    public String word() {
      return word;
    }
  }
}
