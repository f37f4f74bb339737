package clinic.scheduling.local.stores;

/** A message that lies in a queue. */
public record QueuedMessage(State state, String id, String body) {

  /** Where it stands; a dead one lies in the dead-letter queue. */
  public enum State {
    WAITING("waiting"),
    IN_FLIGHT("in-flight"),
    DEAD("dead");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The word for it in {@code GET /local/queues}. */
    public String word() {
      return word;
    }
  }
}
