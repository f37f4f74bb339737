package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.Notice.LifecycleEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all apps. Each change of an event is told to those of its mailbox, whoever
 * made it. Methods are safe for threads; none waits, except to create one.
 */
public final class Subscriptions implements AutoCloseable {
  private static final int MOST_OF_MAILBOX = 1_000;
  private static final Duration WATCH = Duration.ofMillis(200);

  private final Map<String, Subscription> all = new LinkedHashMap<>();
  private final SubscriptionRequest request = new SubscriptionRequest();
  private final Clock clock;
  private final NoticeSender sender;
  private final Handshake handshake;
  private long told;

  public Subscriptions(Clock clock) {
    this.clock = clock;
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    sender = new NoticeSender(clock, http);
    handshake = new Handshake(http);
  }

  /** Tells the subscriptions of the mailbox of a change, in the background. */
  public synchronized void announce(EventChange change) {
    tick();
    for (Subscription subscription : all.values()) {
      if (subscription.mailbox().equals(change.mailbox())
          && subscription.types().contains(change.type())) {
        Notice notice = Notice.of(change, subscription, told++ % 2 == 0);
        if (subscription.paused()) {
          sender.lose(notice);
        } else {
          sender.send(notice);
        }
      }
    }
  }

  /** Removes every subscription, what waits to be sent, and the log. */
  public synchronized void clear() {
    all.clear();
    sender.clear();
  }

  @Override
  public void close() {
    sender.close();
  }

  /**
   * A new subscription, after its addresses have agreed.
   *
   * @param address the address of a user who is named by address or object id; it throws for one
   *     without a mailbox
   */
  Subscription create(
      String app, ObjectNode body, boolean immutableIds, UnaryOperator<String> address) {
    String mailbox = address.apply(request.user(body));
    URI lifecycleUrl = request.lifecycleUrl(body);
    Subscription made =
        new Subscription(
            UUID.randomUUID().toString(),
            app,
            body.path("resource").asText(),
            mailbox,
            request.types(body),
            request.notificationUrl(body),
            lifecycleUrl,
            request.clientState(body),
            immutableIds,
            request.expiry(body, clock.instant()),
            false,
            false);
    refuseTooMany(mailbox);
    handshake.check(made.notificationUrl());
    if (lifecycleUrl != null) {
      handshake.check(lifecycleUrl);
    }
    keep(made);
    sender.watch(this::tick, WATCH);
    return made;
  }

  synchronized List<Subscription> of(String app) {
    tick();
    return all.values().stream().filter(one -> one.app().equals(app)).toList();
  }

  synchronized List<Subscription> all() {
    tick();
    return List.copyOf(all.values());
  }

  /** The subscription of an app, or of any app if none is named. */
  synchronized Subscription one(@Nullable String app, String id) {
    tick();
    Subscription found = all.get(id);
    if (found == null || app != null && !found.app().equals(app)) {
      throw new GraphException(404, "ResourceNotFound", "The object was not found.");
    }
    return found;
  }

  synchronized Subscription renew(String app, String id, ObjectNode body) {
    Subscription present = one(app, id);
    return keep(present.until(request.renewal(body, clock.instant())));
  }

  synchronized void reauthorize(String app, String id) {
    keep(one(app, id).reauthorized());
  }

  synchronized void delete(@Nullable String app, String id) {
    all.remove(one(app, id).id());
  }

  /**
   * Something happens to the subscription, as Microsoft does it: it ends, its changes are no longer
   * sent, or some were lost.
   *
   * @param pause for {@code reauthorizationRequired}: changes are lost until the app reauthorizes
   */
  synchronized void happens(String id, LifecycleEvent event, boolean pause) {
    Subscription subscription = one(null, id);
    switch (event) {
      case reauthorizationRequired -> keep(subscription.withWarning(pause));
      case subscriptionRemoved -> all.remove(id);
      case missed -> {}
    }
    tell(event, subscription);
  }

  NoticeSender sender() {
    return sender;
  }

  private synchronized void refuseTooMany(String mailbox) {
    tick();
    long present = all.values().stream().filter(one -> one.mailbox().equals(mailbox)).count();
    if (present >= MOST_OF_MAILBOX) {
      throw new GraphException(
          403, "ExtensionError", "The mailbox has " + MOST_OF_MAILBOX + " subscriptions.");
    }
  }

  private synchronized Subscription keep(Subscription subscription) {
    all.put(subscription.id(), subscription);
    return subscription;
  }

  private void tell(LifecycleEvent event, Subscription subscription) {
    subscription.lifecycle().ifPresent(url -> sender.send(Notice.of(event, subscription, url)));
  }

  /** Ends what has expired, and warns of what will expire soon. */
  private synchronized void tick() {
    Instant now = clock.instant();
    all.values().removeIf(subscription -> !subscription.isLive(now));
    Instant soon = now.plusSeconds(sender.settings().warnSeconds());
    for (Subscription subscription : List.copyOf(all.values())) {
      if (!subscription.warned() && !subscription.isLive(soon)) {
        keep(subscription.withWarning(false));
        tell(LifecycleEvent.reauthorizationRequired, subscription);
      }
    }
  }
}
