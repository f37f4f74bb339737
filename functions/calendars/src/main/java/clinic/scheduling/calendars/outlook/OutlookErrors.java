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

  /** Codes that are about our access, whatever is asked for. */
  private static final Set<String> ACCESS =
      Set.of(
          "ErrorAccessDenied", "AccessDenied", "accessDenied", "Authorization_RequestDenied", FULL);

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
          NO_MAILBOX.contains(code)
              ? new CalendarOutcome.Refused(code)
              : ofGraph(refusal, new CalendarOutcome.NotFound(), delay);
      case 403 -> ofGraph(refusal, new CalendarOutcome.Denied(code), delay);
      case 409, 412 -> ofGraph(refusal, new CalendarOutcome.Busy(delay), delay);
      case 429 -> new CalendarOutcome.TryLater(delay);
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      default ->
          status == 408 || status >= 500
              ? new CalendarOutcome.Unknown(delay)
              : ofGraph(refusal, new CalendarOutcome.Refused(code), delay);
    };
  }

  /** Whether a code is about the mailbox or our access to it, and not about one entry. */
  static boolean isOfMailbox(String code) {
    return NO_MAILBOX.contains(code) || ACCESS.contains(code);
  }

  private static CalendarOutcome ofGraph(
      ApiException refusal, CalendarOutcome outcome, Duration delay) {
    return refusal instanceof ODataError ? outcome : new CalendarOutcome.Unknown(delay);
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
