package clinic.scheduling.sandbox.http;

/** Thrown by a handler that wants the connection closed without an answer. */
public final class CutOff extends Exception {
  private static final long serialVersionUID = 1L;

  public CutOff() {
    super("the connection is cut on purpose");
  }
}
