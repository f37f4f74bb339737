package clinic.scheduling.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a {@code Retry-After} header how long a provider asks us to wait (RFC 9110 section
 * 10.2.3). The value is a number of seconds or a {@link HttpDate date}. The number may have
 * fractions, because Graph sends them. If several servers in a row have joined their values by
 * commas, the longest delay counts. A missing or unreadable header means five seconds.
 */
public final class RetryAfter {
  public static final Duration USUAL = Duration.ofSeconds(5);

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
  private static final Duration HALF_DAY = Duration.ofHours(12);

  /** A longer header counts as unreadable. */
  private static final int MAX_LENGTH = 1_000;

  /** A comma separates two values, unless it follows the day of the week in a date. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?:\\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\s*,)?[^,]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern SECONDS = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private RetryAfter() {}

  /**
   * The delay for a call that a person is waiting for: at least one second and at most fifteen
   * minutes.
   *
   * @param now the present time, from which a date in the header is counted
   */
  public static Duration ofWaiting(@Nullable String header, Instant now) {
    return of(header, now, QUARTER_HOUR);
  }

  /**
   * The delay for a message: at least one second and at most twelve hours, which is the longest
   * visibility time-out of SQS.
   *
   * @param now the present time, from which a date in the header is counted
   */
  public static Duration of(@Nullable String header, Instant now) {
    return of(header, now, HALF_DAY);
  }

  private static Duration of(@Nullable String header, Instant now, Duration most) {
    return header == null || header.length() > MAX_LENGTH
        ? USUAL
        : VALUE
            .matcher(header)
            .results()
            .map(MatchResult::group)
            .flatMap(value -> delay(value.strip(), now).stream())
            .max(Duration::compareTo)
            .map(delay -> within(delay, most))
            .orElse(USUAL);
  }

  private static Optional<Duration> delay(String value, Instant now) {
    return SECONDS.matcher(value).matches()
        ? Optional.of(seconds(Double.parseDouble(value)))
        : HttpDate.parse(value, now).map(date -> Duration.between(now, date));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(Math.min(seconds, Integer.MAX_VALUE)));
  }

  private static Duration within(Duration delay, Duration most) {
    Duration whole = delay.getNano() == 0 ? delay : Duration.ofSeconds(delay.toSeconds() + 1);
    if (whole.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return whole.compareTo(most) > 0 ? most : whole;
  }
}
