package clinic.scheduling.slots;

/**
 * A clinician who is not offered, and why.
 *
 * @param practitioner the id of the practice document
 */
record Unavailable(String practitioner, Reason reason) {

  /** Why a clinician is not offered; the words are part of the outer contract. */
  enum Reason {
    /** No licence that can be read covers any day of the window in that state. */
    NOT_LICENSED("not-licensed"),
    /** Canvas did not give the times, or not whole. */
    SCHEDULE_UNREADABLE("schedule-unreadable");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
