package clinic.scheduling.core;

/**
 * What the JDK does with an answer that was given up. By itself it reads the rest first, however
 * slowly that comes, and the time-out of the AWS SDK waits until it has; here it closes the
 * connection.
 */
public final class AbandonedResponses {
  private AbandonedResponses() {}

  /** To be called before the first answer of a process: the JDK asks only once. */
  public static void areCutOff() {
    System.setProperty("http.KeepAlive.remainingData", "0");
  }
}
