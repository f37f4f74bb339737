package clinic.scheduling.local.run;

/** The system cannot be started as asked; the message says what to do about it. */
final class CannotRunException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotRunException(String message) {
    super(message);
  }
}
