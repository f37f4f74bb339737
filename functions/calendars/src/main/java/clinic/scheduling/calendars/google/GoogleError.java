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
 * Why Google Calendar has refused a call. The status alone does not tell whether to try again: 403
 * may be a rate limit or a missing permission, and only the reason says which ({@code
 * docs/facts/google.md} 5).
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleError(@Nullable Body error) {
  private static final Set<String> LIMITS = Set.of("rateLimitExceeded", "userRateLimitExceeded");

  /** Limits that last longer than a minute. */
  private static final Set<String> QUOTAS =
      Set.of("quotaExceeded", "calendarUsageLimitsExceeded", "dailyLimitExceeded");

  private static final Duration QUOTA = Duration.ofMinutes(15);

  /** Reasons that are about our access to the mailbox, not about one event. */
  private static final Set<String> OF_MAILBOX =
      Set.of(
          "insufficientPermissions", "requiredAccessLevel", "accessNotConfigured", "domainPolicy");

  /** The error object. We do not read its message, which may quote what we sent. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Body(@Nullable List<Item> errors) {}

  /** One reason of an error. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Item(@Nullable String reason) {}

  /**
   * The outcome of a call that Google has not answered with success. A page that Google did not
   * write, such as a gateway's, tells nothing about the entry or the mailbox.
   */
  static CalendarOutcome outcome(Response response, Instant now) {
    int status = response.getStatus();
    Duration delay = RetryAfter.of(response.getHeaderString("Retry-After"), now);
    GoogleError error = read(response);
    String reason = error.reason();
    String code = status + "-" + reason;
    if ((status == 403 || status == 429) && QUOTAS.contains(reason)) {
      return new CalendarOutcome.TryLater(delay.compareTo(QUOTA) > 0 ? delay : QUOTA);
    }
    if (status == 429 || (status == 403 && LIMITS.contains(reason))) {
      return new CalendarOutcome.TryLater(delay);
    }
    return switch (status) {
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      case 403 -> error.orUnknown(new CalendarOutcome.Denied(code), delay);
      case 404 -> error.orUnknown(new CalendarOutcome.NotFound(), delay);
      case 409, 412 -> error.orUnknown(new CalendarOutcome.Busy(delay), delay);
      case 410 -> error.orUnknown(new CalendarOutcome.Gone(), delay);
      default ->
          status == 408 || status >= 500
              ? new CalendarOutcome.Unknown(delay)
              : error.orUnknown(new CalendarOutcome.Refused(code), delay);
    };
  }

  /** Whether a code is about the mailbox, or our access to it, rather than one entry. */
  static boolean isOfMailbox(String code) {
    return OF_MAILBOX.contains(code.replaceFirst("^[0-9]+-", "")) || code.startsWith("token-");
  }

  private CalendarOutcome orUnknown(CalendarOutcome outcome, Duration delay) {
    return error == null ? new CalendarOutcome.Unknown(delay) : outcome;
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
