package clinic.scheduling.sandbox.canvas.notices;

import java.time.Instant;

/**
 * One attempt to send a notice to one subscriber.
 *
 * @param webhookId the same for every copy and attempt of one change
 * @param status of the response; 0 if there was none, -1 if the notice was lost on purpose
 */
public record Delivery(
    String webhookId, String subscriber, String body, int attempt, int status, Instant at) {
  public static final int LOST = -1;
  public static final int NO_ANSWER = 0;
}
