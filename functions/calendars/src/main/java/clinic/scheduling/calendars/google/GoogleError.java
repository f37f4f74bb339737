package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.RetryAfter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why Google Calendar refused. The status alone does not tell whether to try again: 403 is a rate
 * limit or a lack of rights, the reason says which (Calendar API, "Handle errors").
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleError(@Nullable Body error) {
  private static final Set<String> LIMITS = Set.of("rateLimitExceeded", "userRateLimitExceeded");

  /** Limits that stand for longer than a minute. */
  private static final Set<String> QUOTAS =
      Set.of("quotaExceeded", "calendarUsageLimitsExceeded", "dailyLimitExceeded");

  private static final Duration QUOTA = Duration.ofMinutes(15);

  /** The error itself; its message may quote what was sent and is not read. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Body(@Nullable List<Item> errors) {}

  /** One reason. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Item(@Nullable String reason) {}

  /** What an answer that is neither a success nor about a missing event means. */
  static CalendarOutcome outcome(Response response, Instant now) {
    int status = response.getStatus();
    Duration delay = RetryAfter.of(response.getHeaderString("Retry-After"), now);
    String reason = read(response).reason();
    if ((status == 403 || status == 429) && QUOTAS.contains(reason)) {
      return new CalendarOutcome.TryLater(delay.compareTo(QUOTA) > 0 ? delay : QUOTA);
    }
    if (status == 429 || (status == 403 && LIMITS.contains(reason)) || status == 412) {
      return new CalendarOutcome.TryLater(delay);
    }
    if (status == 401) {
      return new CalendarOutcome.TryLater(Duration.ofSeconds(30));
    }
    if (status == 403) {
      return new CalendarOutcome.Denied(status + "-" + reason);
    }
    return status == 408 || status >= 500
        ? new CalendarOutcome.Unknown(delay)
        : new CalendarOutcome.Refused(status + "-" + reason);
  }

  private static GoogleError read(Response response) {
    try {
      return Objects.requireNonNullElse(
          response.readEntity(GoogleError.class), new GoogleError(null));
    } catch (RuntimeException e) {
      return new GoogleError(null);
    }
  }

  private String reason() {
    if (error == null || error.errors() == null || error.errors().isEmpty()) {
      return "unknown";
    }
    return Objects.requireNonNullElse(error.errors().get(0).reason(), "unknown");
  }
}
