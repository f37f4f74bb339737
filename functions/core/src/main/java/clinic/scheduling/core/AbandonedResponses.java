package clinic.scheduling.core;

/**
 * Changes how the JDK's {@code HttpURLConnection} treats a response that the caller has abandoned
 * (property {@code http.KeepAlive.remainingData}; docs/decisions/0013). By default it first reads
 * the rest of the response, however slowly that arrives. A call of the AWS SDK can then last longer
 * than its time-out. With this setting, the connection is closed instead.
 */
public final class AbandonedResponses {
  private AbandonedResponses() {}

  /** Call this before the first response of a process: the JDK reads the setting once. */
  public static void closeConnections() {
    System.setProperty("http.KeepAlive.remainingData", "0");
  }
}
