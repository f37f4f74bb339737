package clinic.scheduling.slots;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The beginning or the end of a window. It is either a local day, all of which is in the window, or
 * an instant with its offset (RFC 3339).
 *
 * @param day the local day; null if the bound is an instant
 * @param instant the instant; null if the bound is a local day
 */
record WindowBound(@Nullable LocalDate day, @Nullable Instant instant) {

  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?");

  static Optional<WindowBound> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == 10
              ? new WindowBound(LocalDate.parse(text), null)
              : new WindowBound(null, OffsetDateTime.parse(text).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The text that a page cursor signs. Cursors outlive a deployment, so this text must never
   * change. It contains the name that this type had in its first version.
   */
  String signedText() {
    return "Edge[day=" + day + ", instant=" + instant + "]";
  }

  boolean isDay() {
    return day != null;
  }

  /** The start of a window that begins with this bound. */
  Instant startIn(ZoneId zone) {
    return at(zone, 0);
  }

  /**
   * The exclusive end of a window that ends with this bound: for a day, the start of the next day.
   */
  Instant endIn(ZoneId zone) {
    return at(zone, 1);
  }

  private Instant at(ZoneId zone, int moreDays) {
    if (day != null) {
      return day.plusDays(moreDays).atStartOfDay(zone).toInstant();
    }
    return Objects.requireNonNull(instant);
  }
}
