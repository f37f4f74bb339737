package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** All messages to patients: {@code GET /outbox}, {@code DELETE /outbox}. */
public final class Outbox {
  private static final int MOST = 10_000;

  private final List<OutboxMessage> messages = new ArrayList<>();

  synchronized void add(OutboxMessage message) {
    if (messages.size() >= MOST) {
      throw new IllegalStateException("more than " + MOST + " messages in the outbox");
    }
    messages.add(message);
  }

  /** The messages, oldest first. */
  public synchronized List<OutboxMessage> messages() {
    return List.copyOf(messages);
  }

  public synchronized void clear() {
    messages.clear();
  }

  Reply handle(Call call) {
    if (call.path().matches("/[^/]+/html")) {
      return html(call.path().substring(1, call.path().length() - "/html".length()));
    }
    boolean events = call.path().equals("/events");
    if (!events && !call.path().equals("/")) {
      return Reply.text(404, "text/plain", "only /outbox, /outbox/events and /outbox/{id}/html");
    }
    if (call.method().equals("DELETE")) {
      clear();
      return Reply.empty(204);
    }
    return Reply.json(200, list(events ? "events" : "messages", events).toString());
  }

  /** Shows the mail as a mail program does, without running or loading anything. */
  private Reply html(String id) {
    return messages().stream()
        .filter(message -> message.id().equals(id) && message.raw() != null)
        .findFirst()
        .flatMap(message -> RawMessage.read(String.valueOf(message.raw())).html())
        .map(
            html ->
                Reply.text(200, "text/html; charset=utf-8", html)
                    .with(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'"))
        .orElse(Reply.text(404, "text/plain", "no mail with HTML of this id"));
  }

  private ObjectNode list(String name, boolean withTags) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray(name);
    messages().forEach(message -> write(message, list.addObject(), withTags));
    return answer;
  }

  private static void write(OutboxMessage message, ObjectNode to, boolean withTags) {
    to.put("id", message.id())
        .put("channel", message.channel())
        .put("to", message.to())
        .put("at", message.at().toString())
        .put("subject", message.subject())
        .put("text", message.text())
        .put("raw", message.raw());
    if (withTags) {
      ObjectNode tags = to.putObject("tags");
      message.tags().forEach(tags::put);
    }
  }
}
