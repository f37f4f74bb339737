package clinic.scheduling.sandbox.http;

/** A handler throws it to close the connection without a response. */
public final class CutOff extends Exception {
  private static final long serialVersionUID = 1L;

  public CutOff() {
    super("the connection is cut on purpose");
  }
}
