package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of an app to the events of a mailbox.
 *
 * @param app the client id of the app that owns it
 * @param resource as the app sent it
 * @param mailbox the address, in lower case
 * @param immutableIds whether the app asked for immutable ids when it subscribed
 * @param warned whether a {@code reauthorizationRequired} was sent for the present expiry
 * @param paused whether changes are lost until the app has reauthorized
 */
record Subscription(
    String id,
    String app,
    String resource,
    String mailbox,
    Set<EventChange.Type> types,
    URI notificationUrl,
    @Nullable URI lifecycleUrl,
    @Nullable String clientState,
    boolean immutableIds,
    Instant expires,
    boolean warned,
    boolean paused) {

  boolean isLive(Instant now) {
    return expires.isAfter(now);
  }

  Optional<URI> lifecycle() {
    return Optional.ofNullable(lifecycleUrl);
  }

  Subscription until(Instant other) {
    return with(other, false, false);
  }

  Subscription reauthorized() {
    return with(expires, false, false);
  }

  Subscription withWarning(boolean pause) {
    return with(expires, true, paused || pause);
  }

  private Subscription with(Instant newExpires, boolean newWarned, boolean newPaused) {
    return new Subscription(
        id,
        app,
        resource,
        mailbox,
        types,
        notificationUrl,
        lifecycleUrl,
        clientState,
        immutableIds,
        newExpires,
        newWarned,
        newPaused);
  }

  /** The subscription as Graph returns it; only the answer to its creation has the secret. */
  ObjectNode answer(boolean withSecret) {
    ObjectNode answer =
        Json.object()
            .put("id", id)
            .put("resource", resource)
            .put("applicationId", app)
            .put(
                "changeType",
                String.join(",", types.stream().map(EventChange.Type::name).sorted().toList()))
            .put("clientState", withSecret ? clientState : null)
            .put("notificationUrl", notificationUrl.toString())
            .put("expirationDateTime", expires.toString())
            .put("creatorId", app)
            .put("includeResourceData", false)
            .put("latestSupportedTlsVersion", "v1_2")
            .putNull("encryptionCertificate")
            .putNull("encryptionCertificateId")
            .putNull("notificationUrlAppId");
    lifecycle()
        .ifPresentOrElse(
            url -> answer.put("lifecycleNotificationUrl", url.toString()),
            () -> answer.putNull("lifecycleNotificationUrl"));
    return answer;
  }
}
