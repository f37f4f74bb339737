package clinic.scheduling.confirmations.message;

/**
 * A queue message that we cannot read. The exception names the field that is wrong, never its
 * value.
 */
public final class BadMessageRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadMessageRequestException(String field) {
    super("a patient message has a wrong " + field);
  }
}
