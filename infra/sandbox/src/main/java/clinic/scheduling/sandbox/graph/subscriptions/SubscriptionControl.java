package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.graph.subscriptions.Notice.LifecycleEvent;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests control of subscriptions and notices, below {@code /graph-control}. */
public final class SubscriptionControl {
  private static final Pattern ONE = Pattern.compile("/subscriptions/([^/]+)(/lifecycle)?");

  private final Subscriptions subscriptions;

  public SubscriptionControl(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /**
   * Answers a call; empty if it is for others.
   *
   * @throws IllegalArgumentException for an unknown value
   */
  public Optional<Reply> handle(Call call) {
    Matcher one = ONE.matcher(call.path());
    if (one.matches()) {
      return Optional.of(one(call, one.group(1), one.group(2) != null));
    }
    return switch (call.path()) {
      case "/subscriptions" -> Optional.of(list());
      case "/notices" -> Optional.of(settings(call));
      case "/deliveries" -> Optional.of(deliveries());
      default -> Optional.empty();
    };
  }

  /** Removes one without a word, or lets a lifecycle event happen to it. */
  private Reply one(Call call, String id, boolean lifecycle) {
    if (lifecycle && call.method().equals("POST")) {
      JsonNode body = Json.object(call).orElseGet(Json::object);
      subscriptions.happens(
          id,
          LifecycleEvent.valueOf(body.path("event").asText()),
          body.path("pause").asBoolean(true));
      return Reply.empty(204);
    }
    if (call.method().equals("DELETE")) {
      subscriptions.delete(null, id);
      return Reply.empty(204);
    }
    return Reply.json(200, whole(subscriptions.one(null, id)).toString());
  }

  private Reply list() {
    ObjectNode answer = Json.object();
    ArrayNode value = answer.putArray("subscriptions");
    subscriptions.all().forEach(one -> value.add(whole(one)));
    return Reply.json(200, answer.toString());
  }

  private Reply settings(Call call) {
    NoticeSender sender = subscriptions.sender();
    if (call.method().equals("POST")) {
      sender.settings(sender.settings().with(Json.object(call).orElseGet(Json::object)));
    }
    return Reply.json(200, sender.settings().json().toString());
  }

  private Reply deliveries() {
    DeliveryLog log = subscriptions.sender().log();
    ObjectNode answer = Json.object().put("count", log.count());
    ArrayNode latest = answer.putArray("latest");
    log.latest().forEach(delivery -> latest.add(delivery.json()));
    return Reply.json(200, answer.toString());
  }

  private static ObjectNode whole(Subscription subscription) {
    return subscription
        .answer(true)
        .put("mailbox", subscription.mailbox())
        .put("immutableIds", subscription.immutableIds())
        .put("paused", subscription.paused());
  }
}
