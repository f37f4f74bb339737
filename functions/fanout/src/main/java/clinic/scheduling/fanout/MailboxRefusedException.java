package clinic.scheduling.fanout;

/** The provider gives no token for this mailbox. */
final class MailboxRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  MailboxRefusedException(String code) {
    super(code);
    this.code = code;
  }

  String code() {
    return code;
  }
}
