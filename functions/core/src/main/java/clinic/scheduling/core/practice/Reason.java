package clinic.scheduling.core.practice;

import java.util.List;

/**
 * A structured reason for visit, as it is configured in Canvas.
 *
 * @param durations minutes that fit it, the first is the default; empty if all of the visit type do
 */
public record Reason(Coding coding, List<Integer> durations) {

  public String code() {
    return coding.code();
  }

  public boolean fits(int minutes) {
    return durations.isEmpty() || durations.contains(minutes);
  }
}
