package clinic.scheduling.core.hold;

import clinic.scheduling.core.Interval;
import java.util.List;

/**
 * What is promised of a practitioner's time.
 *
 * @param holds each once
 * @param stamp another one means that what was read of this practitioner before is stale
 */
public record HeldTimes(List<Hold> holds, String stamp) {

  /** Visits with their buffers. */
  public List<Interval> times() {
    return holds.stream().map(Hold::time).distinct().toList();
  }
}
