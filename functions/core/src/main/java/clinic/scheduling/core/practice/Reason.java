package clinic.scheduling.core.practice;

import java.util.List;

/**
 * A structured reason for visit, as configured in Canvas (docs/facts/canvas.md 8.3).
 *
 * @param durations the allowed lengths in minutes, of which the first is the default; an empty list
 *     allows all lengths of the visit type
 */
public record Reason(Coding coding, List<Integer> durations) {

  public String code() {
    return coding.code();
  }

  public boolean fits(int minutes) {
    return durations.isEmpty() || durations.contains(minutes);
  }
}
