package clinic.scheduling.local.smoke;

/** The booking did not come through; the message says at which hop and where to look. */
final class SmokeFailure extends Exception {
  private static final long serialVersionUID = 1;

  SmokeFailure(String message) {
    super(message);
  }
}
