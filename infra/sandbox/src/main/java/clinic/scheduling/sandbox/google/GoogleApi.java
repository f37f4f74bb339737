package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.contract.Contract;
import clinic.scheduling.sandbox.http.BearerTokens.Grant;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /calendar/v3} as one user sees it: events, channels and busy times. */
final class GoogleApi {
  private static final String BASE = "/calendar/v3";
  private static final Pattern EVENTS =
      Pattern.compile(BASE + "/calendars/([^/]+)/events(?:/([^/]+)(/instances)?)?");

  private final GoogleCalendars calendars;
  private final GoogleList lists;
  private final Channels channels;
  private final FreeBusy freeBusy;
  private final String url;
  private final GoogleMethods methods = new GoogleMethods();
  private final Contract contract = Contract.googleCalendar();

  /**
   * @param url the address below which the API is mounted
   */
  GoogleApi(
      GoogleCalendars calendars,
      GoogleList lists,
      Channels channels,
      FreeBusy freeBusy,
      String url) {
    this.calendars = calendars;
    this.lists = lists;
    this.channels = channels;
    this.freeBusy = freeBusy;
    this.url = url;
  }

  Reply handle(Call call, Grant grant) {
    if (call.path().equals(BASE + "/freeBusy")) {
      check("freebusy.query", "POST", call, grant);
      return Reply.json(
          200, freeBusy.query(body("FreeBusyRequest", call), grant.subject()).toString());
    }
    if (call.path().equals(BASE + "/channels/stop")) {
      check("channels.stop", "POST", call, grant);
      channels.stop(body("Channel", call));
      return Reply.empty(204);
    }
    Matcher events = EVENTS.matcher(call.path());
    if (!events.matches()) {
      throw GoogleException.notFound();
    }
    String calendar = visible(events.group(1), grant.subject());
    String id = events.group(2);
    if (id == null) {
      return collection(call, grant, calendar);
    }
    if (events.group(3) != null) {
      check("events.instances", "GET", call, grant);
      return Reply.json(200, lists.instances(call, calendar, id).toString());
    }
    return call.method().equals("POST")
        ? named(call, grant, calendar, id)
        : one(call, grant, calendar, id);
  }

  /** Refuses any calendar but the user's own: nothing is shared. */
  private static String visible(String calendar, String user) {
    String named = calendar.equals("primary") ? user : calendar;
    if (!named.equalsIgnoreCase(user)) {
      throw GoogleException.notFound();
    }
    return named.toLowerCase(Locale.ROOT);
  }

  private Reply collection(Call call, Grant grant, String calendar) {
    return switch (call.method()) {
      case "GET" -> {
        methods.check("events.list", call, grant.scopes());
        yield Reply.json(200, lists.page(call, calendar).toString());
      }
      case "POST" -> {
        methods.check("events.insert", call, grant.scopes());
        yield answer(calendars.insert(calendar, body(call)));
      }
      default -> throw notAllowed();
    };
  }

  /** Methods that are not about one event, although their path looks so. */
  private Reply named(Call call, Grant grant, String calendar, String name) {
    return switch (name) {
      case "watch" -> {
        check("events.watch", "POST", call, grant);
        ObjectNode channel = channels.watch(calendar, body("Channel", call), url + BASE);
        yield Reply.json(200, channel.toString());
      }
      case "import" -> {
        check("events.import", "POST", call, grant);
        yield answer(calendars.importCopy(calendar, body(call)));
      }
      default -> throw notAllowed();
    };
  }

  private Reply one(Call call, Grant grant, String calendar, String id) {
    String ifMatch = call.header("If-Match").orElse("*");
    return switch (call.method()) {
      case "GET" -> {
        methods.check("events.get", call, grant.scopes());
        yield answer(calendars.event(calendar, id));
      }
      case "PATCH" -> {
        methods.check("events.patch", call, grant.scopes());
        yield answer(calendars.patch(calendar, id, body(call), ifMatch));
      }
      case "PUT" -> {
        methods.check("events.update", call, grant.scopes());
        yield answer(calendars.update(calendar, id, body(call), ifMatch));
      }
      case "DELETE" -> {
        methods.check("events.delete", call, grant.scopes());
        calendars.delete(calendar, id, ifMatch);
        yield Reply.empty(204);
      }
      default -> throw notAllowed();
    };
  }

  private static Reply answer(GoogleEvent event) {
    return Reply.json(200, event.answer().toString()).with("ETag", event.etag());
  }

  private void check(String method, String verb, Call call, Grant grant) {
    if (!call.method().equals(verb)) {
      throw notAllowed();
    }
    methods.check(method, call, grant.scopes());
  }

  private ObjectNode body(String schema, Call call) {
    ObjectNode body = body(call);
    List<String> problems = contract.problems(schema, body);
    if (!problems.isEmpty()) {
      throw new GoogleException(400, "badRequest", String.join("; ", problems));
    }
    return body;
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
