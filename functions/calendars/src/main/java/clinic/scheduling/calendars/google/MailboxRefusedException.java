package clinic.scheduling.calendars.google;

/** Google issues no token for this mailbox. */
final class MailboxRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  MailboxRefusedException(int status) {
    super("token-" + status);
    this.status = status;
  }

  String code() {
    return "token-" + status;
  }

  /** The delegation is missing or not effective yet. Any other status means an unknown user. */
  boolean isDenied() {
    return status == 401 || status == 403;
  }
}
