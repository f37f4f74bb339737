package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.UUID;

/**
 * One notice of a body (docs/facts/outlook.md, section 4).
 *
 * @param url where it goes
 * @param lifecycle whether it is about the subscription itself
 */
record Notice(URI url, Subscription subscription, boolean lifecycle, ObjectNode content) {
  private static final String TENANT = "7f9b1e9c-5d0e-4a0c-9b0e-3c1f6f0b6a10";

  /** What happens to a subscription (Graph's page on lifecycle events). */
  enum LifecycleEvent {
    reauthorizationRequired,
    subscriptionRemoved,
    missed
  }

  /**
   * Tells of a change. Graph writes the resource now with capitals and now without.
   *
   * @param capitals how it is written this time
   */
  static Notice of(EventChange change, Subscription subscription, boolean capitals) {
    String id = subscription.immutableIds() ? change.immutableId() : change.mutableId();
    String user = EventChange.objectId(change.mailbox());
    String resource = (capitals ? "Users/%s/Events/%s" : "users/%s/events/%s").formatted(user, id);
    ObjectNode content = envelope(subscription);
    content.put("changeType", change.type().name()).put("resource", resource);
    content
        .putObject("resourceData")
        .put("@odata.type", "#Microsoft.Graph.Event")
        .put("@odata.id", resource)
        .put("@odata.etag", change.etag())
        .put("id", id);
    return new Notice(subscription.notificationUrl(), subscription, false, content);
  }

  static Notice of(LifecycleEvent event, Subscription subscription, URI url) {
    ObjectNode content = envelope(subscription).put("lifecycleEvent", event.name());
    return new Notice(url, subscription, true, content);
  }

  private static ObjectNode envelope(Subscription subscription) {
    return Json.object()
        .put("id", UUID.randomUUID().toString())
        .put("subscriptionId", subscription.id())
        .put("subscriptionExpirationDateTime", subscription.expires().toString())
        .put("clientState", subscription.clientState())
        .put("tenantId", TENANT);
  }
}
