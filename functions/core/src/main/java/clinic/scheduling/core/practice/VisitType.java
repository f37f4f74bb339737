package clinic.scheduling.core.practice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of visit that patients may book.
 *
 * @param coding the Canvas note type
 * @param durations minutes; the first is the default
 * @param locations ids of the places where it is offered; empty means everywhere
 * @param hours when it may be booked online; empty means always
 * @param startEveryMinutes offered starts lie on this grid of the wall clock; 1 means any start
 */
public record VisitType(
    String id,
    String name,
    Modality modality,
    Coding coding,
    List<Integer> durations,
    List<Reason> reasons,
    List<String> locations,
    Duration bufferBefore,
    Duration bufferAfter,
    Duration minimumNotice,
    int bookingWindowDays,
    Duration cancellationNotice,
    List<Hours> hours,
    int startEveryMinutes) {

  public boolean isOfferedAt(String location) {
    return locations.isEmpty() || locations.contains(location);
  }

  public Optional<Reason> reason(String code) {
    return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
  }

  /** The lengths, in minutes, that a visit for this reason may have; the first is the default. */
  public List<Integer> durationsFor(Optional<Reason> reason) {
    return reason.map(Reason::durations).filter(own -> !own.isEmpty()).orElse(durations);
  }
}
