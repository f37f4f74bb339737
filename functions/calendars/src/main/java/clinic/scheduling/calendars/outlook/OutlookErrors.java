package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.RetryAfter;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ResponseHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal of Graph means; by status and code, never by its message. An error that is not
 * Graph's own, but a page of something in between, says only whether to come back.
 */
final class OutlookErrors {
  private static final Set<String> NO_MAILBOX =
      Set.of(
          "MailboxNotEnabledForRESTAPI",
          "MailboxNotSupportedForRESTAPI",
          "ErrorNonExistentMailbox",
          "ErrorInvalidUser",
          "Request_ResourceNotFound",
          "ResourceNotFound");
  private static final String FULL = "ErrorQuotaExceeded";

  private OutlookErrors() {}

  static CalendarOutcome outcome(ApiException refusal, Instant now) {
    int status = refusal.getResponseStatusCode();
    String code = code(refusal);
    Duration delay = delay(refusal, now);
    if (code.equals(FULL)) {
      return new CalendarOutcome.Denied(code);
    }
    return switch (status) {
      case 404, 410 ->
          NO_MAILBOX.contains(code) ? new CalendarOutcome.Refused(code) : gone(refusal, delay);
      case 403 -> new CalendarOutcome.Denied(code);
      case 409, 412, 429 -> new CalendarOutcome.TryLater(delay);
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      default ->
          status == 408 || status >= 500 || !isGraphs(refusal)
              ? new CalendarOutcome.Unknown(delay)
              : new CalendarOutcome.Refused(code);
    };
  }

  private static CalendarOutcome gone(ApiException refusal, Duration delay) {
    return isGraphs(refusal) ? new CalendarOutcome.Gone() : new CalendarOutcome.Unknown(delay);
  }

  private static boolean isGraphs(ApiException refusal) {
    return refusal instanceof ODataError;
  }

  private static String code(ApiException refusal) {
    @Nullable MainError error = refusal instanceof ODataError odata ? odata.getError() : null;
    @Nullable String code = error == null ? null : error.getCode();
    return Objects.requireNonNullElse(code, "status-" + refusal.getResponseStatusCode());
  }

  private static Duration delay(ApiException refusal, Instant now) {
    @Nullable ResponseHeaders headers = refusal.getResponseHeaders();
    @Nullable Set<String> values = headers == null ? null : headers.get("Retry-After");
    return RetryAfter.of(values == null ? null : String.join(",", values), now);
  }
}
