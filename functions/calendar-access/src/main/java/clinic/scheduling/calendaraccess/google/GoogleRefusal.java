package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.core.RetryAfter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reason for which Google Calendar has refused a call. The status alone does not tell whether
 * to try again. For example, 403 may mean a rate limit or a missing permission, and only the reason
 * tells which of the two it is ({@code docs/facts/google.md} 5).
 *
 * @param isFromGoogle whether Google itself has answered. An error page of a gateway says nothing
 *     about the event or the mailbox
 * @param reason {@code unknown} if the answer has none
 * @param retryAfter the header of that name
 */
public record GoogleRefusal(
    int status, boolean isFromGoogle, String reason, @Nullable String retryAfter) {
  private static final Set<String> RATE_LIMIT_REASONS =
      Set.of("rateLimitExceeded", "userRateLimitExceeded");

  /** Reasons that name a limit which lasts longer than a minute. */
  private static final Set<String> QUOTA_REASONS =
      Set.of("quotaExceeded", "calendarUsageLimitsExceeded", "dailyLimitExceeded");

  private static final Duration QUOTA_PAUSE = Duration.ofMinutes(15);

  public static GoogleRefusal of(Response response) {
    Answer answer = Answer.read(response);
    return new GoogleRefusal(
        response.getStatus(),
        answer.error() != null,
        answer.reason(),
        response.getHeaderString("Retry-After"));
  }

  /** How long the mailbox must not be called; empty unless the call was refused by a limit. */
  public Optional<Duration> pause(Instant now) {
    if (status != 403 && status != 429) {
      return Optional.empty();
    }
    if (QUOTA_REASONS.contains(reason)) {
      Duration delay = delay(now);
      return Optional.of(delay.compareTo(QUOTA_PAUSE) > 0 ? delay : QUOTA_PAUSE);
    }
    return status == 429 || RATE_LIMIT_REASONS.contains(reason)
        ? Optional.of(delay(now))
        : Optional.empty();
  }

  /** How long to wait before another try, as Google asks or as usual. */
  public Duration delay(Instant now) {
    return RetryAfter.of(retryAfter, now);
  }

  /** The body of the answer. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Answer(@Nullable Body error) {

    static Answer read(Response response) {
      try {
        return Objects.requireNonNullElse(response.readEntity(Answer.class), new Answer(null));
      } catch (RuntimeException e) {
        return new Answer(null);
      }
    }

    String reason() {
      if (error == null || error.errors() == null || error.errors().isEmpty()) {
        return "unknown";
      }
      return Objects.requireNonNullElse(error.errors().get(0).reason(), "unknown");
    }
  }

  /** The error object. We do not read its message, which may quote what we sent. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Body(@Nullable List<Item> errors) {}

  /** One reason of an error. */
  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Item(@Nullable String reason) {}
}
