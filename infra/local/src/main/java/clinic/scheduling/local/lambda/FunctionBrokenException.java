package clinic.scheduling.local.lambda;

/** A function does not start. The message names it and its log. */
public final class FunctionBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FunctionBrokenException(String message) {
    super(message);
  }
}
