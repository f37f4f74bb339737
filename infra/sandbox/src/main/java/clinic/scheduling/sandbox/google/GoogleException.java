package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error of Google Calendar, with the reason and message that Google sends. */
final class GoogleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;

  GoogleException(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static GoogleException invalid(String message) {
    return new GoogleException(400, "invalid", message);
  }

  static GoogleException notFound() {
    return new GoogleException(404, "notFound", "Not Found");
  }

  Reply reply() {
    return reply(status, reason, String.valueOf(getMessage()));
  }

  /** The usual error for a status, for a fault that has no reason of its own. */
  static Reply usual(int status, String reason) {
    String usual =
        switch (status) {
          case 401 -> "authError";
          case 403, 429 -> "rateLimitExceeded";
          case 404 -> "notFound";
          default -> "backendError";
        };
    return reply(status, reason.isEmpty() ? usual : reason, "Made by the sandbox.");
  }

  private static Reply reply(int status, String reason, String message) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putObject("error").put("code", status).put("message", message);
    error
        .putArray("errors")
        .addObject()
        .put("domain", domain(reason))
        .put("reason", reason)
        .put("message", message);
    return Reply.json(status, body.toString());
  }

  private static String domain(String reason) {
    return switch (reason) {
      case "rateLimitExceeded",
          "userRateLimitExceeded",
          "quotaExceeded",
          "dailyLimitExceeded",
          "calendarUsageLimitsExceeded" ->
          "usageLimits";
      case "forbidden", "notFound", "fullSyncRequired" -> "calendar";
      default -> "global";
    };
  }
}
