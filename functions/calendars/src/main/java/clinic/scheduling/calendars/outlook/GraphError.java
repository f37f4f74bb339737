package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.core.RetryAfter;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ResponseHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts an error of Graph to an outcome. The outcome depends on the status and the code, never
 * on the message ({@code docs/facts/outlook.md} 5). An error page that does not come from Graph,
 * but from a gateway, says nothing about the entry or the mailbox. In most cases its outcome is
 * {@code Unknown}.
 */
final class GraphError {
  private static final Set<String> NO_MAILBOX =
      Set.of(
          "MailboxNotEnabledForRESTAPI",
          "MailboxNotSupportedForRESTAPI",
          "ErrorNonExistentMailbox",
          "ErrorInvalidUser",
          "Request_ResourceNotFound",
          "ResourceNotFound");
  private static final String MAILBOX_FULL = "ErrorQuotaExceeded";

  /** Codes that mean that Graph no longer knows where a delta query was. */
  private static final Set<String> DEAD_CURSOR =
      Set.of(
          "syncstatenotfound",
          "syncstateinvalid",
          "resyncrequired",
          "fullsyncrequired",
          "errorinvalidsyncstatedata");

  /** Codes that are about our access to the mailbox, not about one event. */
  private static final Set<String> ACCESS =
      Set.of(
          "ErrorAccessDenied",
          "AccessDenied",
          "accessDenied",
          "Authorization_RequestDenied",
          MAILBOX_FULL);

  private GraphError() {}

  static CalendarOutcome outcome(ApiException failure, Instant now) {
    int status = failure.getResponseStatusCode();
    String code = code(failure);
    Duration delay = delay(failure, now);
    if (code.equals(MAILBOX_FULL)) {
      return new CalendarOutcome.Denied(code);
    }
    return switch (status) {
      case 404, 410 ->
          NO_MAILBOX.contains(code)
              ? new CalendarOutcome.Refused(code)
              : ifFromGraph(failure, new CalendarOutcome.NotFound(), delay);
      case 403 -> ifFromGraph(failure, new CalendarOutcome.Denied(code), delay);
      case 409, 412 -> ifFromGraph(failure, new CalendarOutcome.Busy(delay), delay);
      case 429 -> new CalendarOutcome.TryLater(delay);
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      default ->
          status == 408 || status >= 500
              ? new CalendarOutcome.Unknown(delay)
              : ifFromGraph(failure, new CalendarOutcome.Refused(code), delay);
    };
  }

  /** Whether a code is about the mailbox or our access to it, and not about one entry. */
  static boolean isAboutMailbox(String code) {
    return NO_MAILBOX.contains(code) || ACCESS.contains(code);
  }

  /** Whether a link of a delta query has died ({@code docs/facts/outlook.md} 3, "Delta"). */
  static boolean isDeadCursor(ApiException failure) {
    return failure instanceof ODataError
        && (failure.getResponseStatusCode() == 410
            || DEAD_CURSOR.contains(code(failure).toLowerCase(Locale.ROOT)));
  }

  /** Whether Graph could not understand the request. */
  static boolean isInvalid(ApiException failure) {
    return failure instanceof ODataError && failure.getResponseStatusCode() == 400;
  }

  /** Whether there is no event with the id that the request names, though there is a mailbox. */
  static boolean isNoSuchEvent(ApiException failure) {
    return failure instanceof ODataError
        && (failure.getResponseStatusCode() == 404 || failure.getResponseStatusCode() == 410)
        && !NO_MAILBOX.contains(code(failure));
  }

  private static CalendarOutcome ifFromGraph(
      ApiException failure, CalendarOutcome outcome, Duration delay) {
    return failure instanceof ODataError ? outcome : new CalendarOutcome.Unknown(delay);
  }

  private static String code(ApiException failure) {
    @Nullable MainError error = failure instanceof ODataError odata ? odata.getError() : null;
    @Nullable String code = error == null ? null : error.getCode();
    return Objects.requireNonNullElse(code, "status-" + failure.getResponseStatusCode());
  }

  private static Duration delay(ApiException failure, Instant now) {
    @Nullable ResponseHeaders headers = failure.getResponseHeaders();
    @Nullable Set<String> values = headers == null ? null : headers.get("Retry-After");
    return RetryAfter.of(values == null ? null : String.join(",", values), now);
  }
}
