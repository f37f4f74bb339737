package clinic.scheduling.operate.output;

/** Ends a command with a message for its user. The message contains no personal data. */
public final class OperateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OperateException(String message) {
    super(message);
  }
}
