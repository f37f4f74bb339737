package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /calendar/v3/calendars/{calendarId}/events} as one user sees it. */
final class GoogleApi {
  private static final Pattern EVENTS =
      Pattern.compile("/calendar/v3/calendars/([^/]+)/events(?:/([^/]+))?");

  private final GoogleCalendars calendars;
  private final GoogleMethods methods = new GoogleMethods();

  GoogleApi(GoogleCalendars calendars) {
    this.calendars = calendars;
  }

  Reply handle(Call call, String user) {
    Matcher events = EVENTS.matcher(call.path());
    if (!events.matches()) {
      throw GoogleException.notFound();
    }
    String calendar = visible(events.group(1), user);
    String id = events.group(2);
    return id == null ? collection(call, calendar) : one(call, calendar, id);
  }

  /** Refuses any calendar but the user's own: nothing is shared. */
  private static String visible(String calendar, String user) {
    String named = calendar.equals("primary") ? user : calendar;
    if (!named.equalsIgnoreCase(user)) {
      throw GoogleException.notFound();
    }
    return named;
  }

  private Reply collection(Call call, String calendar) {
    return switch (call.method()) {
      case "GET" -> {
        methods.check("list", call);
        ObjectNode page = new GoogleList(call).page(calendar, calendars.events(calendar));
        yield Reply.json(200, page.toString());
      }
      case "POST" -> {
        methods.check("insert", call);
        yield answer(calendars.insert(calendar, body(call)));
      }
      default -> throw notAllowed();
    };
  }

  private Reply one(Call call, String calendar, String id) {
    String ifMatch = call.header("If-Match").orElse("*");
    return switch (call.method()) {
      case "GET" -> {
        methods.check("get", call);
        yield answer(calendars.event(calendar, id));
      }
      case "PATCH" -> {
        methods.check("patch", call);
        yield answer(calendars.patch(calendar, id, body(call), ifMatch));
      }
      case "PUT" -> {
        methods.check("update", call);
        yield answer(calendars.update(calendar, id, body(call), ifMatch));
      }
      case "DELETE" -> {
        methods.check("delete", call);
        calendars.delete(calendar, id, ifMatch);
        yield Reply.empty(204);
      }
      default -> throw notAllowed();
    };
  }

  private static Reply answer(GoogleEvent event) {
    return Reply.json(200, event.answer().toString()).with("ETag", event.etag());
  }

  private static ObjectNode body(Call call) {
    if (!call.header("Content-Type").orElse("").startsWith("application/json")) {
      throw new GoogleException(400, "parseError", "The body must be application/json.");
    }
    return Json.object(call)
        .orElseThrow(() -> new GoogleException(400, "parseError", "Parse Error"));
  }

  private static GoogleException notAllowed() {
    return new GoogleException(405, "httpMethodNotAllowed", "The method is not allowed here.");
  }
}
