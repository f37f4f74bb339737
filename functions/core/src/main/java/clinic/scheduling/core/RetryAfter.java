package clinic.scheduling.core;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks us to wait, by its {@code Retry-After} header (RFC 9110 section 10.2.3):
 * seconds, fractions allowed (Graph sends them), or a date. Missing or unreadable means five
 * seconds.
 */
public final class RetryAfter {
  public static final Duration USUAL = Duration.ofSeconds(5);
  private static final double QUARTER_HOUR = 900;
  private static final double HALF_DAY = 43_200;

  private RetryAfter() {}

  /** From one second to fifteen minutes; without a clock, a date means five seconds. */
  public static Duration of(@Nullable String header) {
    return of(header, QUARTER_HOUR);
  }

  private static Duration of(@Nullable String header, double most) {
    try {
      return header == null ? USUAL : ofSeconds(Double.parseDouble(header), most);
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }

  /**
   * From one second to twelve hours, the longest that SQS keeps a message back.
   *
   * @param now what a date is counted from
   */
  public static Duration of(@Nullable String header, Instant now) {
    try {
      Instant date =
          ZonedDateTime.parse(header == null ? "" : header, DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant();
      return ofSeconds(Duration.between(now, date).toMillis() / 1000.0, HALF_DAY);
    } catch (DateTimeException e) {
      return of(header, HALF_DAY);
    }
  }

  private static Duration ofSeconds(double seconds, double most) {
    return Double.isNaN(seconds)
        ? USUAL
        : Duration.ofSeconds((long) Math.ceil(Math.min(most, Math.max(1, seconds))));
  }
}
