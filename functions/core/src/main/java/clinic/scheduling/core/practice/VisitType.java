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
 */
public record VisitType(
    String id,
    String name,
    Modality modality,
    Coding coding,
    List<Integer> durations,
    List<Coding> reasons,
    List<String> locations,
    Duration bufferBefore,
    Duration bufferAfter,
    Duration minimumNotice,
    int bookingWindowDays,
    Duration cancellationNotice) {

  public boolean isOfferedAt(String location) {
    return locations.isEmpty() || locations.contains(location);
  }

  public Optional<Coding> reason(String code) {
    return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
  }
}
