package clinic.scheduling.fanout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a provider asks us to wait: seconds, fractions allowed (Graph throttling page). */
final class RetryAfter {
  static final Duration USUAL = Duration.ofSeconds(5);
  private static final double LONGEST_SECONDS = 900;

  private RetryAfter() {}

  static Duration of(@Nullable String header) {
    try {
      double seconds = header == null ? Double.NaN : Double.parseDouble(header);
      return Double.isNaN(seconds)
          ? USUAL
          : Duration.ofSeconds((long) Math.ceil(Math.min(LONGEST_SECONDS, Math.max(1, seconds))));
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }
}
