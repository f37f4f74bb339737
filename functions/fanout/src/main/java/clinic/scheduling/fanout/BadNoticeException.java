package clinic.scheduling.fanout;

/** A message that is no change notice; what it says is not repeated. */
final class BadNoticeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadNoticeException() {
    super("not a change notice of version 1");
  }
}
