package clinic.scheduling.confirmations;

/** A queue message that we cannot read. Names the field that is wrong, never its value. */
final class BadMessageRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadMessageRequestException(String field) {
    super("a patient message has a wrong " + field);
  }
}
