package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.GraphContent.Author;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /graph-control/mailboxes/{address}/events}: what a person does in Outlook. An id may be
 * that of one occurrence.
 */
final class UserActions {
  private static final Pattern EVENTS =
      Pattern.compile("/mailboxes/([^/]+)/events(?:/([^/]+)(?:/([a-z-]+))?)?");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final Map<String, String> SHOWN_AS =
      Map.of("accepted", "busy", "tentativelyAccepted", "tentative", "declined", "free");

  private final GraphMailboxes mailboxes;
  private final Clock clock;

  UserActions(GraphMailboxes mailboxes, Clock clock) {
    this.mailboxes = mailboxes;
    this.clock = clock;
  }

  /** Answers a call; empty if it is for others. */
  Optional<Reply> handle(Call call) {
    Matcher path = EVENTS.matcher(call.path());
    if (!path.matches()) {
      return Optional.empty();
    }
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    String mailbox = path.group(1);
    String id = path.group(2);
    if (id == null) {
      return Optional.of(answer(201, mailboxes.create(mailbox, body, Author.PERSON)));
    }
    String action = path.group(3) == null ? call.method() : path.group(3);
    return Optional.of(
        switch (action) {
          case "GET" -> answer(200, mailboxes.event(mailbox, id));
          case "POST", "PATCH" -> change(mailbox, id, body);
          case "DELETE" -> remove(mailbox, id);
          case "move" -> move(mailbox, id, body);
          case "shift" -> shift(mailbox, id, minutes(body), minutes(body));
          case "resize" -> shift(mailbox, id, 0, minutes(body));
          case "all-day" -> allDay(mailbox, id, body.path("days").asInt(1));
          case "cancel" -> cancel(mailbox, id);
          case "respond" -> respond(mailbox, id, body);
          case "copy" -> copy(mailbox, id, body);
          case "occurrences" -> occurrences(call, mailbox, id);
          default -> Reply.text(404, "text/plain", "no such action: " + action);
        });
  }

  private Reply change(String mailbox, String id, ObjectNode body) {
    return answer(200, mailboxes.patch(mailbox, id, body, event -> true, Author.PERSON));
  }

  private Reply remove(String mailbox, String id) {
    mailboxes.delete(mailbox, id);
    return Reply.empty(204);
  }

  private Reply move(String mailbox, String id, JsonNode body) {
    GraphFolder folder = GraphFolder.valueOf(body.path("to").asText());
    return answer(200, mailboxes.move(mailbox, id, folder));
  }

  private static int minutes(JsonNode body) {
    if (!body.path("minutes").isInt()) {
      throw new IllegalArgumentException("a whole number of minutes is needed");
    }
    return body.get("minutes").asInt();
  }

  private Reply shift(String mailbox, String id, int startMinutes, int endMinutes) {
    GraphEvent event = mailboxes.event(mailbox, id);
    ObjectNode body = Json.object();
    body.set("start", shifted(event.content().path("start"), startMinutes));
    body.set("end", shifted(event.content().path("end"), endMinutes));
    return change(mailbox, id, body);
  }

  private static ObjectNode shifted(JsonNode time, int minutes) {
    return at(GraphTimes.local(time, "time").plus(Duration.ofMinutes(minutes)), time);
  }

  private Reply allDay(String mailbox, String id, int days) {
    JsonNode start = mailboxes.event(mailbox, id).content().path("start");
    LocalDate first = GraphTimes.local(start, "start").toLocalDate();
    ObjectNode body = Json.object().put("isAllDay", true);
    body.set("start", at(first.atStartOfDay(), start));
    body.set("end", at(first.plusDays(days).atStartOfDay(), start));
    return change(mailbox, id, body);
  }

  private static ObjectNode at(LocalDateTime local, JsonNode sameZone) {
    return Json.object()
        .put("dateTime", LOCAL.format(local))
        .put("timeZone", sameZone.path("timeZone").asText());
  }

  /** The organizer cancels: the event stays until its owner removes it. */
  private Reply cancel(String mailbox, String id) {
    String subject = mailboxes.event(mailbox, id).content().path("subject").asText();
    return change(
        mailbox,
        id,
        Json.object()
            .put("isCancelled", true)
            .put("subject", "Canceled: " + subject)
            .put("showAs", "free"));
  }

  /** Answers an invitation. Outlook removes what was declined, unless its owner keeps it. */
  private Reply respond(String mailbox, String id, JsonNode body) {
    String response = body.path("response").asText();
    String showAs = SHOWN_AS.get(response);
    if (showAs == null) {
      throw new IllegalArgumentException("not a response: " + response);
    }
    ObjectNode change = Json.object().put("showAs", showAs);
    change
        .putObject("responseStatus")
        .put("response", response)
        .put("time", clock.instant().toString());
    Reply changed = change(mailbox, id, change);
    boolean removes = response.equals("declined") && !body.path("keep").asBoolean();
    return removes ? remove(mailbox, id) : changed;
  }

  private Reply copy(String mailbox, String id, JsonNode body) {
    GraphEvent original = mailboxes.event(mailbox, id);
    if (!original.occurrence().isEmpty()) {
      throw GraphException.badRequest("The sandbox does not copy one occurrence.");
    }
    return answer(
        201,
        mailboxes.copy(
            body.path("to").asText(mailbox), original, body.path("withStamps").asBoolean(true)));
  }

  private Reply occurrences(Call call, String mailbox, String id) {
    ObjectNode answer = Json.object();
    ArrayNode value = answer.putArray("value");
    GraphSeries.within(
            mailboxes.event(mailbox, id),
            GraphTimes.bound(call.query("from").orElse(""), "from"),
            GraphTimes.bound(call.query("to").orElse(""), "to"))
        .forEach(one -> value.add(one.whole()));
    return Reply.json(200, answer.toString());
  }

  private static Reply answer(int status, GraphEvent event) {
    return Reply.json(status, event.whole().toString());
  }
}
