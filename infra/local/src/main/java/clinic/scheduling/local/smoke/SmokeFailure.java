package clinic.scheduling.local.smoke;

/** A step of the check failed. The message says which one and where to look. */
final class SmokeFailure extends Exception {
  private static final long serialVersionUID = 1;

  SmokeFailure(String message) {
    super(message);
  }
}
