package clinic.scheduling.local.lambda;

import java.util.Arrays;

/** How an invocation ended. */
public sealed interface Outcome {

  /** The function returned these bytes. */
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

  /** The function reported an error, or its process died. */
  record Failed(String errorType, String message) implements Outcome {}

  /** The function exceeded its time-out and was killed, as on Lambda. */
  record TimedOut(int seconds) implements Outcome {}

  /** No process was free in time. */
  record Throttled(String why) implements Outcome {}
}
