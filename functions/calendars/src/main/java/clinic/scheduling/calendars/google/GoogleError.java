package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleRefusal;
import clinic.scheduling.calendars.CalendarOutcome;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a refusal by Google Calendar means for the entry that a call was about. */
final class GoogleError {
  /** Reasons that are about our access to the mailbox, not about one event. */
  private static final Set<String> MAILBOX_REASONS =
      Set.of(
          "insufficientPermissions", "requiredAccessLevel", "accessNotConfigured", "domainPolicy");

  private GoogleError() {}

  /**
   * The outcome of a failed call. An error page that does not come from Google, but from a gateway,
   * says nothing about the entry or the mailbox. In most cases its outcome is {@code Unknown}.
   */
  static CalendarOutcome outcome(Response response, Instant now) {
    GoogleRefusal refusal = GoogleRefusal.of(response);
    Duration delay = refusal.delay(now);
    Optional<Duration> pause = refusal.pause(now);
    if (pause.isPresent()) {
      return new CalendarOutcome.TryLater(pause.get());
    }
    int status = refusal.status();
    String code = status + "-" + refusal.reason();
    return switch (status) {
      case 401 -> new CalendarOutcome.TryLater(Duration.ofSeconds(30));
      case 403 -> ifFromGoogle(refusal, new CalendarOutcome.Denied(code), delay);
      case 404 -> ifFromGoogle(refusal, new CalendarOutcome.NotFound(), delay);
      case 409, 412 -> ifFromGoogle(refusal, new CalendarOutcome.Busy(delay), delay);
      case 410 -> ifFromGoogle(refusal, new CalendarOutcome.Gone(), delay);
      default ->
          status == 408 || status >= 500
              ? new CalendarOutcome.Unknown(delay)
              : ifFromGoogle(refusal, new CalendarOutcome.Refused(code), delay);
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

  private static CalendarOutcome ifFromGoogle(
      GoogleRefusal refusal, CalendarOutcome outcome, Duration delay) {
    return refusal.isFromGoogle() ? outcome : new CalendarOutcome.Unknown(delay);
  }
}
