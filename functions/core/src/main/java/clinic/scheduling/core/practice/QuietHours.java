package clinic.scheduling.core.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours in which no text message is sent, on the patient's clock; none if both ends are the
 * same. Times that the clocks skip count as the first one after them.
 */
public record QuietHours(LocalTime from, LocalTime to) {
  /** A message that comes later than this before the visit comes too late to be of use. */
  private static final Duration USEFUL = Duration.ofHours(1);

  /**
   * Until when a message about a visit has to wait.
   *
   * @param start of the visit; a message that would come too late for it does not wait
   * @return empty if it may be sent now
   */
  public Optional<Instant> wait(Instant now, ZoneId zone, Instant start) {
    return opening(now, zone).filter(opening -> !opening.plus(USEFUL).isAfter(start));
  }

  /** When these hours are over; empty if it is not one of them. */
  public Optional<Instant> opening(Instant now, ZoneId zone) {
    ZonedDateTime local = now.atZone(zone);
    if (!isQuiet(local.toLocalTime())) {
      return Optional.empty();
    }
    ZonedDateTime today = local.toLocalDate().atTime(to).atZone(zone);
    return Optional.of(
        (today.isAfter(local) ? today : local.toLocalDate().plusDays(1).atTime(to).atZone(zone))
            .toInstant());
  }

  private boolean isQuiet(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
  }
}
