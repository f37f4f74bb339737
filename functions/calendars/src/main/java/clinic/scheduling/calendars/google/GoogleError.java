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
 * The reason for which Google Calendar has refused a call. The status alone does not tell whether
 * to try again. For example, 403 may mean a rate limit or a missing permission, and only the reason
 * tells which of the two it is ({@code docs/facts/google.md} 5).
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleError(@Nullable Body error) {
  private static final Set<String> RATE_LIMIT_REASONS =
      Set.of("rateLimitExceeded", "userRateLimitExceeded");

  /** Reasons that name a limit which lasts longer than a minute. */
  private static final Set<String> QUOTA_REASONS =
      Set.of("quotaExceeded", "calendarUsageLimitsExceeded", "dailyLimitExceeded");

  private static final Duration QUOTA_PAUSE = Duration.ofMinutes(15);

  /** Reasons that are about our access to the mailbox, not about one event. */
  private static final Set<String> MAILBOX_REASONS =
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
   * The outcome of a failed call. An error page that does not come from Google, but from a gateway,
   * says nothing about the entry or the mailbox. In most cases its outcome is {@code Unknown}.
   */
  static CalendarOutcome outcome(Response response, Instant now) {
    int status = response.getStatus();
    Duration delay = RetryAfter.of(response.getHeaderString("Retry-After"), now);
    GoogleError error = read(response);
    String reason = error.reason();
    String code = status + "-" + reason;
    if ((status == 403 || status == 429) && QUOTA_REASONS.contains(reason)) {
      return new CalendarOutcome.TryLater(delay.compareTo(QUOTA_PAUSE) > 0 ? delay : QUOTA_PAUSE);
    }
    if (status == 429 || (status == 403 && RATE_LIMIT_REASONS.contains(reason))) {
      return new CalendarOutcome.TryLater(delay);
    }
    return switch (status) {
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      case 403 -> error.ifFromGoogle(new CalendarOutcome.Denied(code), delay);
      case 404 -> error.ifFromGoogle(new CalendarOutcome.NotFound(), delay);
      case 409, 412 -> error.ifFromGoogle(new CalendarOutcome.Busy(delay), delay);
      case 410 -> error.ifFromGoogle(new CalendarOutcome.Gone(), delay);
      default ->
          status == 408 || status >= 500
              ? new CalendarOutcome.Unknown(delay)
              : error.ifFromGoogle(new CalendarOutcome.Refused(code), delay);
    };
  }

  /** Whether a code is about the mailbox or our access to it, and not about one entry. */
  static boolean isAboutMailbox(String code) {
    return MAILBOX_REASONS.contains(code.replaceFirst("^[0-9]+-", "")) || code.startsWith("token-");
  }

  /** Whether Google could not understand the request: the status was 400. */
  static boolean isInvalid(CalendarOutcome outcome) {
    return outcome
        .asFailure()
        .filter(failure -> failure.isRefused() && failure.code().startsWith("400-"))
        .isPresent();
  }

  private CalendarOutcome ifFromGoogle(CalendarOutcome outcome, Duration delay) {
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
