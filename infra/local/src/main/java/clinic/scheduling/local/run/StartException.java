package clinic.scheduling.local.run;

/** The system cannot be started. The message says what to do about it. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(String message) {
    super(message);
  }
}
