package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.google.push.Delivery;
import clinic.scheduling.sandbox.google.push.PushMessages;
import clinic.scheduling.sandbox.google.push.PushSettings;
import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults that tests inject into the stand-in, and the logs that they read. */
final class Switches {
  private final Faults faults;
  private final BearerTokens tokens;
  private final Delegation delegation;
  private final PushMessages messages;
  private final Channels channels;
  private final SyncTokens syncTokens;
  private final SyncSettings syncSettings;
  private final FreeBusy freeBusy;

  Switches(
      Faults faults,
      BearerTokens tokens,
      Delegation delegation,
      PushMessages messages,
      Channels channels,
      SyncTokens syncTokens,
      SyncSettings syncSettings,
      FreeBusy freeBusy) {
    this.faults = faults;
    this.tokens = tokens;
    this.delegation = delegation;
    this.messages = messages;
    this.channels = channels;
    this.syncTokens = syncTokens;
    this.syncSettings = syncSettings;
    this.freeBusy = freeBusy;
  }

  /** The answer to a control call; empty if there is no such switch. */
  Optional<Reply> handle(Call call) {
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    return switch (call.path()) {
      case "/faults" -> Optional.of(faults.control(call));
      case "/revoke-tokens" -> done(tokens::revokeAll);
      case "/delegation" -> Optional.of(delegation(call, body));
      case "/channels" -> shown("channels", channels.list());
      case "/kill-channels" -> done(() -> channels.kill(calendar(body)));
      case "/kill-sync-tokens" -> done(() -> syncTokens.kill(calendar(body)));
      case "/sync" -> Optional.of(sync(call, body));
      case "/free-busy-errors" ->
          done(() -> freeBusy.fail(calendar(body), body.path("reason").asText("")));
      case "/deliveries" -> shown("deliveries", deliveries());
      case "/push" -> Optional.of(push(call, body));
      default -> Optional.empty();
    };
  }

  void reset() {
    faults.clear();
    delegation.reset();
    messages.reset();
    channels.clear();
    syncTokens.kill("");
    syncSettings.reset();
    freeBusy.reset();
  }

  private static String calendar(ObjectNode body) {
    return body.path("calendar").asText("");
  }

  private Reply delegation(Call call, ObjectNode body) {
    if (call.method().equals("POST")) {
      Set<String> scopes =
          body.path("scopes").valueStream().map(it -> it.asText()).collect(Collectors.toSet());
      delegation.allow(scopes);
    }
    ObjectNode answer = Json.object();
    delegation.allowed().stream().sorted().forEach(answer.putArray("scopes")::add);
    return Reply.json(200, answer.toString());
  }

  private Reply sync(Call call, ObjectNode body) {
    if (call.method().equals("POST")) {
      syncSettings.change(body);
    }
    return Reply.json(200, syncSettings.json().toString());
  }

  private Reply push(Call call, ObjectNode body) {
    if (call.method().equals("POST")) {
      messages.configure(messages.settings().with(body));
    }
    PushSettings now = messages.settings();
    ObjectNode answer =
        Json.object()
            .put("drop", now.drop())
            .put("duplicate", now.duplicate())
            .put("delay", now.delay())
            .put("delayMs", now.delayMs())
            .put("seed", now.seed())
            .put("attempts", now.attempts())
            .put("backoffMs", now.backoffMs())
            .put("timeoutMs", now.timeoutMs());
    return Reply.json(200, answer.toString());
  }

  private ArrayNode deliveries() {
    ArrayNode list = Json.object().putArray("deliveries");
    for (Delivery delivery : messages.log().latest()) {
      list.addObject()
          .put("channel", delivery.channel())
          .put("number", delivery.number())
          .put("state", delivery.state())
          .put("attempt", delivery.attempt())
          .put("status", delivery.status())
          .put("at", delivery.at().toString());
    }
    return list;
  }

  private static Optional<Reply> shown(String name, ArrayNode list) {
    ObjectNode answer = Json.object();
    answer.set(name, list);
    return Optional.of(Reply.json(200, answer.toString()));
  }

  private static Optional<Reply> done(Runnable action) {
    action.run();
    return Optional.of(Reply.empty(204));
  }
}
