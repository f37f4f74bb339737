package clinic.scheduling.confirmations;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as a patient reads it, always with its zone. */
final class WhenText {
  private WhenText() {}

  /** {@code Tue Feb 3, 2:30 PM PST}. */
  static String brief(Instant at, ZoneId zone) {
    return format("EEE MMM d, h:mm a zzz", at, zone);
  }

  /** {@code Tuesday, February 3, 2026}. */
  static String day(Instant at, ZoneId zone) {
    return format("EEEE, MMMM d, yyyy", at, zone);
  }

  /** {@code 2:30 PM PST}. */
  static String time(Instant at, ZoneId zone) {
    return format("h:mm a zzz", at, zone);
  }

  private static String format(String pattern, Instant at, ZoneId zone) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(at.atZone(zone));
  }
}
