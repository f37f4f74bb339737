package clinic.scheduling.upkeep.reconcile;

/** The invocation ends too soon for this clinician, who is left to the next one. */
final class OutOfTimeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfTimeException() {
    super("left to the next run");
  }
}
