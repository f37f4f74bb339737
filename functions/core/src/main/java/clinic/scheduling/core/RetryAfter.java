package clinic.scheduling.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks us to wait, by its {@code Retry-After} header: seconds, fractions
 * allowed (Graph sends them). Missing or unreadable means five seconds; the answer lies between one
 * second and fifteen minutes.
 */
public final class RetryAfter {
  public static final Duration USUAL = Duration.ofSeconds(5);
  private static final double LONGEST_SECONDS = 900;

  private RetryAfter() {}

  public static Duration of(@Nullable String header) {
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
