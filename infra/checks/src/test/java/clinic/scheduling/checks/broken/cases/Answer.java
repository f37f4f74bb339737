package clinic.scheduling.checks.broken.cases;

/** A sealed type, of which a caller asks which case it has. */
sealed interface Answer {
  record Yes() implements Answer {}

  record No() implements Answer {}

  static boolean isYes(Answer answer) {
    return answer instanceof Yes;
  }
}
