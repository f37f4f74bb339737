package clinic.scheduling.calendaraccess.google;

/** Google's token endpoint refuses a token for this mailbox. */
public final class TokenRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  TokenRefusedException(int status) {
    super("token-" + status);
    this.status = status;
  }

  public String code() {
    return "token-" + status;
  }

  /**
   * Whether the domain-wide delegation is missing or not effective yet. Any other status means that
   * the user is unknown.
   */
  public boolean isDenied() {
    return status == 401 || status == 403;
  }
}
