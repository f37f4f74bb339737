package clinic.scheduling.core.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours, in the patient's local time, in which we send no text messages (docs/facts/messages.md
 * 3); none if both ends are equal. A time that daylight saving skips counts as the first time after
 * the gap.
 */
public record QuietHours(LocalTime from, LocalTime to) {
  /** A message less than this time before the visit is useless. */
  private static final Duration USEFUL = Duration.ofHours(1);

  /**
   * When a message about a visit may be sent.
   *
   * @param start the start of the visit; a message does not wait if it would then be too late for
   *     the visit
   * @return the time to wait for; empty if the message may be sent now, or waiting would make it
   *     too late
   */
  public Optional<Instant> sendableFrom(Instant now, ZoneId zone, Instant start) {
    return endOfQuiet(now, zone).filter(endOfQuiet -> !endOfQuiet.plus(USEFUL).isAfter(start));
  }

  /** When the current quiet hours end; empty outside of them. */
  public Optional<Instant> endOfQuiet(Instant now, ZoneId zone) {
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
