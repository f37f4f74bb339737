package clinic.scheduling.local.lambda;

import java.util.Arrays;

/** How an invocation ended. */
public sealed interface Outcome {

  /** The function answered; the bytes are its answer as it gave it. */
  record Answered(byte[] payload) implements Outcome {
    @Override
    public boolean equals(Object other) {
      return other instanceof Answered that && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(payload);
    }
  }

  /** The function reported an error, or its process ended in the middle. */
  record Failed(String errorType, String message) implements Outcome {}

  /** The function ran into its time-out and was killed, as Lambda does. */
  record TimedOut(int seconds) implements Outcome {}

  /** No process was free within the time an invocation may wait. */
  record Throttled(String why) implements Outcome {}
}
