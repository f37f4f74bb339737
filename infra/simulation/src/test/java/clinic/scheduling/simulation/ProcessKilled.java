package clinic.scheduling.simulation;

/** Ends a process. It is an Error, which product code does not catch. */
final class ProcessKilled extends Error {
  private static final long serialVersionUID = 1L;

  ProcessKilled() {
    super(null, null, false, false);
  }
}
