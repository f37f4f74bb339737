package clinic.scheduling.local.stores;

/** A message in a queue. */
public record QueuedMessage(State state, String id, String body) {

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
