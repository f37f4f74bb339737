package clinic.scheduling.canvas;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long Canvas asks us to wait; the header is not documented and may be missing or odd. */
final class RetryAfter {
  private static final Duration USUAL = Duration.ofSeconds(5);
  private static final long LONGEST_SECONDS = 900;

  private RetryAfter() {}

  static Duration of(Response response) {
    @Nullable String header = response.getHeaderString("Retry-After");
    try {
      return header == null
          ? USUAL
          : Duration.ofSeconds(
              Math.min(LONGEST_SECONDS, Math.max(1, (long) Math.ceil(Double.parseDouble(header)))));
    } catch (NumberFormatException e) {
      return USUAL;
    }
  }
}
