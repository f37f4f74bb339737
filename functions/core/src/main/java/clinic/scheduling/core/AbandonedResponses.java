package clinic.scheduling.core;

/**
 * What the JDK's HTTP client does with a response that the caller has given up. By default it first
 * reads the rest, however slowly it arrives, and the time-out of the AWS SDK waits for that. Here
 * the client closes the connection instead.
 */
public final class AbandonedResponses {
  private AbandonedResponses() {}

  /** Call this before the first response of a process: the JDK reads the setting once. */
  public static void areCutOff() {
    System.setProperty("http.KeepAlive.remainingData", "0");
  }
}
