package clinic.scheduling.core.hold;

import clinic.scheduling.core.Interval;
import java.util.List;

/**
 * What is promised of a practitioner's time.
 *
 * @param times visits with their buffers
 * @param stamp another one means that what was read of this practitioner before is stale
 */
public record Taken(List<Interval> times, String stamp) {}
