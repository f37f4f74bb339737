package clinic.scheduling.checks.broken.cases;

/** A sealed type. A caller asks with {@code instanceof} which case a value is. */
sealed interface Answer {
  record Yes() implements Answer {}

  record No() implements Answer {}

  static boolean isYes(Answer answer) {
    return answer instanceof Yes;
  }
}
