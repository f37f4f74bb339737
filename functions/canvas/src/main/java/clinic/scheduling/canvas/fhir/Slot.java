package clinic.scheduling.canvas.fhir;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A free time (FHIR R4 Slot; docs/facts/canvas.md 2.2). It has no id and reserves nothing. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Slot(
    @Nullable Reference schedule,
    @Nullable String status,
    @Nullable String start,
    @Nullable String end) {

  /** The time, if this slot is readable, free and of the given schedule. */
  public Optional<Interval> freeTimeIn(String scheduleId) {
    return isFree() && isOf(scheduleId) ? time() : Optional.empty();
  }

  public boolean isFree() {
    return "free".equals(status);
  }

  public boolean isOf(String scheduleId) {
    return schedule != null && schedule.idOf("Schedule").equals(Optional.of(scheduleId));
  }

  /** The time, if readable. */
  public Optional<Interval> time() {
    if (start == null || end == null) {
      return Optional.empty();
    }
    try {
      Instant from = Instants.parse(start);
      Instant to = Instants.parse(end);
      return from.isBefore(to) ? Optional.of(new Interval(from, to)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
