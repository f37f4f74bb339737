package clinic.scheduling.core.practice;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours, in the patient's local time, in which we send no text messages (docs/facts/messages.md
 * 3). If {@code from} and {@code to} are equal, there are no quiet hours. If daylight saving skips
 * the time at which the quiet hours end, they end later by the length of the gap: at 3:30 instead
 * of 2:30.
 */
public record QuietHours(LocalTime from, LocalTime to) {
  /** A message less than this time before the visit is useless. */
  private static final Duration USEFUL = Duration.ofHours(1);

  /**
   * When a message about a visit may be sent. A message does not wait for the end of the quiet
   * hours if it would then be sent less than an hour before the visit.
   *
   * @param start the start of the visit
   * @return the end of the quiet hours if the message has to wait; empty if it may be sent now
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
