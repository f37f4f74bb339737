package clinic.scheduling.core;

/**
 * Changes how the JDK's {@code HttpURLConnection} treats a response that the caller has abandoned
 * (property {@code http.KeepAlive.remainingData}; docs/decisions/0013). By default it first reads
 * the rest, however slowly it arrives, and the time-out of the AWS SDK waits for that. Here the
 * client closes the connection instead.
 */
public final class AbandonedResponses {
  private AbandonedResponses() {}

  /** Call this before the first response of a process: the JDK reads the setting once. */
  public static void closeConnections() {
    System.setProperty("http.KeepAlive.remainingData", "0");
  }
}
