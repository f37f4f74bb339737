package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.GraphContent.Author;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.SubscriptionApi;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code /users/{id}/events}, {@code /calendar/events} and {@code /calendarView} of v1.0. */
final class GraphApi {
  private static final Pattern EVENTS =
      Pattern.compile("/v1\\.0/users/([^/]+)/(calendar/)?events(?:/([^/]+))?");
  private static final Pattern VIEW =
      Pattern.compile("/v1\\.0/users/([^/]+)/(?:calendar/)?calendarView");
  private static final Pattern SCHEDULE =
      Pattern.compile("/v1\\.0/users/([^/]+)/calendar/getSchedule");
  private static final Pattern DELTA =
      Pattern.compile("/v1\\.0/users/([^/]+)/calendarView/delta(?:\\(\\))?");

  private final GraphMailboxes mailboxes;
  private final GraphDelta delta;
  private final GetSchedule getSchedule;
  private final SubscriptionApi subscriptions;
  private final String url;

  /**
   * @param url the address of the API without {@code /v1.0}, for links to next pages
   */
  GraphApi(GraphMailboxes mailboxes, GraphDelta delta, SubscriptionApi subscriptions, String url) {
    this.mailboxes = mailboxes;
    this.delta = delta;
    this.getSchedule = new GetSchedule(mailboxes);
    this.subscriptions = subscriptions;
    this.url = url;
  }

  /**
   * Answers a call.
   *
   * @param app the client id of the caller
   */
  Reply handle(Call call, String app, GraphSettings settings) {
    GraphPrefer prefer = GraphPrefer.of(call, settings);
    boolean ofSubscriptions = SubscriptionApi.isFor(call);
    boolean hasIds = !ofSubscriptions || call.method().equals("POST");
    if (settings.requireImmutableIds() && !prefer.immutableIds() && hasIds) {
      throw GraphException.badRequest("This sandbox is set to refuse calls without immutable ids.");
    }
    if (ofSubscriptions) {
      return subscriptions.handle(call, app, prefer.immutableIds(), user -> known(user, settings));
    }
    Matcher events = EVENTS.matcher(call.path());
    Matcher view = VIEW.matcher(call.path());
    if (events.matches()) {
      String mailbox = known(events.group(1), settings);
      String id = events.group(3);
      return id == null
          ? collection(call, mailbox, events.group(2) != null, prefer, settings)
          : one(call, mailbox, id, prefer, settings);
    }
    if (view.matches() && call.method().equals("GET")) {
      return view(call, known(view.group(1), settings), prefer, settings);
    }
    Matcher schedule = SCHEDULE.matcher(call.path());
    if (schedule.matches() && call.method().equals("POST")) {
      known(schedule.group(1), settings);
      ObjectNode answer = getSchedule.answer(body(call), prefer, settings);
      return Reply.json(200, answer.put("@odata.context", url + "/v1.0/$metadata").toString());
    }
    Matcher changes = DELTA.matcher(call.path());
    if (changes.matches() && call.method().equals("GET")) {
      return delta.handle(call, known(changes.group(1), settings), prefer, settings);
    }
    throw new GraphException(
        400, "BadRequest", "Resource not found for the segment: " + call.path());
  }

  /** The address of a mailbox that is named by it or by the object id of its user. */
  private String known(String user, GraphSettings settings) {
    String mailbox = mailboxes.address(user);
    if (!mailboxes.has(mailbox)) {
      switch (settings.unknownMailboxes()) {
        case create -> mailboxes.open(mailbox);
        case deny ->
            throw new GraphException(
                403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        case refuse ->
            throw new GraphException(
                404,
                "MailboxNotEnabledForRESTAPI",
                "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
      }
    }
    return mailbox;
  }

  /** Lists the events of all calendars of the mailbox, but not those of its deleted items. */
  private Reply collection(
      Call call, String mailbox, boolean ofCalendar, GraphPrefer prefer, GraphSettings settings) {
    return switch (call.method()) {
      case "POST" -> {
        GraphEvent event = mailboxes.create(mailbox, body(call), Author.CLIENT);
        yield single(201, event.answer(prefer)).with("Location", url + call.rawPath());
      }
      case "GET" -> {
        GraphQuery query = GraphQuery.of(call);
        List<GraphEvent> events =
            ofCalendar ? mailboxes.events(mailbox) : mailboxes.everywhere(mailbox);
        yield page(query, query.filter(listed(events, settings)), call, prefer);
      }
      default -> throw notAllowed();
    };
  }

  /**
   * Finds the event in any calendar of the mailbox, because the path names none. Graph does the
   * same.
   */
  private Reply one(
      Call call, String mailbox, String id, GraphPrefer prefer, GraphSettings settings) {
    if (!id.startsWith("AA")) {
      throw new GraphException(400, "ErrorInvalidIdMalformed", "Id is malformed.");
    }
    if (mailboxes.isHidden(mailbox, id, settings)) {
      throw GraphException.notFound();
    }
    return switch (call.method()) {
      case "GET" -> single(200, GraphQuery.of(call).answer(mailboxes.event(mailbox, id), prefer));
      case "PATCH" -> {
        String etag = call.header("If-Match").orElse("*");
        GraphEvent changed =
            mailboxes.patch(
                mailbox,
                id,
                body(call),
                event -> etag.equals("*") || etag.contains(event.changeKey()),
                Author.CLIENT);
        yield single(200, changed.answer(prefer));
      }
      case "DELETE" -> {
        if (settings.refusesDeleteOfGone() && mailboxes.isGone(mailbox, id)) {
          throw new GraphException(
              403, "ErrorCannotDeleteObject", "Cannot delete the object, it may be gone.");
        }
        mailboxes.delete(mailbox, id);
        yield Reply.empty(204);
      }
      default -> throw notAllowed();
    };
  }

  private Stream<GraphEvent> listed(List<GraphEvent> events, GraphSettings settings) {
    return events.stream().filter(event -> mailboxes.isListed(event, settings));
  }

  private Reply view(Call call, String mailbox, GraphPrefer prefer, GraphSettings settings) {
    GraphQuery.Window window = GraphQuery.window(call);
    GraphQuery query = GraphQuery.of(call);
    Stream<GraphEvent> events =
        listed(mailboxes.events(mailbox), settings)
            .flatMap(event -> GraphSeries.within(event, window.from(), window.to()))
            .sorted(Comparator.comparing(GraphEvent::start));
    return page(query, query.filter(events), call, prefer);
  }

  private Reply page(GraphQuery query, Stream<GraphEvent> events, Call call, GraphPrefer prefer) {
    List<GraphEvent> all = events.toList();
    return Reply.json(200, query.page(all, call, prefer, url).toString());
  }

  private Reply single(int status, ObjectNode event) {
    ObjectNode answer = Json.object().put("@odata.context", url + "/v1.0/$metadata#events/$entity");
    return Reply.json(status, answer.setAll(event).toString());
  }

  private static ObjectNode body(Call call) {
    if (!call.header("Content-Type").orElse("").startsWith("application/json")) {
      throw new GraphException(415, "RequestBodyRead", "The body must be application/json.");
    }
    return Json.object(call)
        .orElseThrow(
            () -> new GraphException(400, "RequestBodyRead", "The body is not a JSON object."));
  }

  private static GraphException notAllowed() {
    return new GraphException(405, "ErrorMethodNotAllowed", "The method is not allowed here.");
  }
}
