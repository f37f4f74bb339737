package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.google.push.Channel;
import clinic.scheduling.sandbox.google.push.PushMessages;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The push channels of all calendars ({@code docs/facts/google.md} 4). The sync message goes out
 * first: a watch is answered when it was tried, or after two seconds. A channel ends when its time
 * is over, when it is stopped, or silently by control.
 */
final class Channels {
  /** The life of a channel for which no other was asked, and the longest. */
  static final Duration LIFE = Duration.ofDays(7);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-_+/=]{1,64}");
  private static final Set<String> TYPES = Set.of("web_hook", "webhook");
  private static final int LONGEST_TOKEN = 256;
  private static final int MOST = 10_000;
  private static final int LARGEST_GAP = 1_000;
  private static final long SYNC_WAIT_MS = 2_000;

  private final Map<String, Open> channels = new LinkedHashMap<>();
  private final Clock clock;
  private final PushMessages messages;
  private final Random gaps = new Random(1);

  Channels(Clock clock, PushMessages messages) {
    this.clock = clock;
    this.messages = messages;
  }

  /** A channel with what changes about it. It stays here when it ended: its id is taken. */
  private static final class Open {
    private final Channel channel;
    private final CompletableFuture<Void> synced = new CompletableFuture<>();
    private long number = 1;
    private boolean ended;

    Open(Channel channel) {
      this.channel = channel;
    }
  }

  /**
   * Opens a channel.
   *
   * @param base the address of the API
   */
  ObjectNode watch(String calendar, ObjectNode body, String base) {
    Open open = new Open(channel(calendar, body, base));
    Channel channel = open.channel;
    add(open);
    messages.sync(channel).whenComplete((done, failed) -> open.synced.complete(null));
    await(open.synced);
    ObjectNode answer =
        Json.object()
            .put("kind", "api#channel")
            .put("id", channel.id())
            .put("resourceId", channel.resourceId())
            .put("resourceUri", channel.resourceUri())
            .put("expiration", Long.toString(channel.expires().toEpochMilli()));
    return channel.token().isEmpty() ? answer : answer.put("token", channel.token());
  }

  /** Stops a channel. Both ids have to be right. */
  synchronized void stop(ObjectNode body) {
    String id = body.path("id").asText("");
    Open open = channels.get(id);
    if (open == null
        || !live(open)
        || !open.channel.resourceId().equals(body.path("resourceId").asText())) {
      throw new GoogleException(404, "notFound", "Channel '" + id + "' not found for project");
    }
    open.ended = true;
  }

  /** Tells every live channel of the calendar that something changed. */
  synchronized void changed(String calendar) {
    for (Open open : channels.values()) {
      if (open.channel.calendar().equals(calendar) && live(open)) {
        open.number += 1 + gaps.nextInt(LARGEST_GAP);
        messages.exists(open.channel, open.number, open.synced);
      }
    }
  }

  /** Ends the channels of a calendar without a word; those of all calendars if it is empty. */
  synchronized void kill(String calendar) {
    channels.values().stream()
        .filter(open -> calendar.isEmpty() || open.channel.calendar().equals(calendar))
        .forEach(open -> open.ended = true);
  }

  synchronized void clear() {
    channels.clear();
  }

  synchronized ArrayNode list() {
    ArrayNode list = Json.object().putArray("channels");
    for (Open open : channels.values()) {
      list.addObject()
          .put("id", open.channel.id())
          .put("calendar", open.channel.calendar())
          .put("address", open.channel.address().toString())
          .put("resourceId", open.channel.resourceId())
          .put("expiration", Long.toString(open.channel.expires().toEpochMilli()))
          .put("lastNumber", open.number)
          .put("live", live(open));
    }
    return list;
  }

  private synchronized void add(Open open) {
    if (channels.size() >= MOST) {
      throw new IllegalStateException("more than " + MOST + " channels");
    }
    if (channels.putIfAbsent(open.channel.id(), open) != null) {
      throw new GoogleException(400, "channelIdNotUnique", "Channel id not unique");
    }
  }

  private boolean live(Open open) {
    return !open.ended && open.channel.live(clock.instant());
  }

  private static void await(CompletableFuture<Void> synced) {
    try {
      synced.get(SYNC_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // The answer goes out before the sync message arrives, which may happen too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Channel channel(String calendar, ObjectNode body, String base) {
    String id = body.path("id").asText("");
    String token = body.path("token").asText("");
    if (!ID.matcher(id).matches()) {
      throw GoogleException.invalid("Invalid value for: id");
    }
    if (!TYPES.contains(body.path("type").asText())) {
      throw GoogleException.invalid("Invalid value for: type");
    }
    if (token.length() > LONGEST_TOKEN) {
      throw GoogleException.invalid("Invalid value for: token");
    }
    return new Channel(
        id,
        calendar,
        address(body.path("address").asText("")),
        token,
        UUID.nameUUIDFromBytes(calendar.getBytes(StandardCharsets.UTF_8)).toString(),
        base + "/calendars/" + calendar.replace("@", "%40") + "/events?alt=json",
        expires(body));
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null
          && ("https".equals(address.getScheme())
              || "http".equals(address.getScheme()) && Channel.isLocal(address))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw new GoogleException(
        400, "push.webhookUrlNotHttps", "WebHook callback must be HTTPS: " + text);
  }

  /** The strictest of what was asked for and the longest life. */
  private Instant expires(ObjectNode body) {
    Instant now = clock.instant();
    Instant expires = now.plus(LIFE);
    try {
      if (body.hasNonNull("expiration")) {
        Instant asked = Instant.ofEpochMilli(Long.parseLong(body.get("expiration").asText()));
        expires = asked.isBefore(expires) ? asked : expires;
      }
      JsonNode ttl = body.path("params").path("ttl");
      if (!ttl.isMissingNode()) {
        Instant asked = now.plusSeconds(Long.parseLong(ttl.asText()));
        expires = asked.isBefore(expires) ? asked : expires;
      }
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      throw GoogleException.invalid("Invalid value for: expiration");
    }
    if (!expires.isAfter(now)) {
      throw GoogleException.invalid("Invalid value for: expiration");
    }
    return expires;
  }
}
