package clinic.scheduling.sandbox.google.push;

import java.time.Instant;

/**
 * One attempt to deliver a message.
 *
 * @param state {@code sync} or {@code exists}
 * @param status of the response; 0 if there was none, -1 if the message was lost on purpose, -2 if
 *     its address is not on this machine
 */
public record Delivery(
    String channel, long number, String state, int attempt, int status, Instant at) {
  public static final int NOT_OURS = -2;
  public static final int LOST = -1;
  public static final int NO_ANSWER = 0;
}
