package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.contract.Contract;
import clinic.scheduling.sandbox.graph.error.GraphException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what an app sends to make or renew a subscription (docs/facts/outlook.md, section
 * 4). Every refusal is a {@link GraphException}.
 */
final class SubscriptionRequest {
  static final Duration LONGEST_LIFE = Duration.ofMinutes(10_080);
  static final Duration SHORTEST_LIFE = Duration.ofMinutes(45);
  private static final int LONGEST_CLIENT_STATE = 128;
  private static final Pattern RESOURCE = Pattern.compile("(?i)/?users/([^/]+)/events/?");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Contract contract = Contract.microsoftGraph();

  /** The user whose events a new subscription is about. */
  String user(ObjectNode body) {
    check(body);
    Matcher resource = RESOURCE.matcher(required(body, "resource"));
    if (!resource.matches()) {
      throw invalid("The sandbox has only the resource users/{id}/events.");
    }
    return resource.group(1);
  }

  Set<EventChange.Type> types(ObjectNode body) {
    Set<EventChange.Type> types = EnumSet.noneOf(EventChange.Type.class);
    for (String name : required(body, "changeType").split(",", -1)) {
      try {
        types.add(EventChange.Type.valueOf(name.strip()));
      } catch (IllegalArgumentException e) {
        throw invalid("The changeType '" + name + "' is not known.");
      }
    }
    return types;
  }

  URI notificationUrl(ObjectNode body) {
    return url(required(body, "notificationUrl"), "notificationUrl");
  }

  @Nullable URI lifecycleUrl(ObjectNode body) {
    return body.hasNonNull("lifecycleNotificationUrl")
        ? url(body.get("lifecycleNotificationUrl").asText(), "lifecycleNotificationUrl")
        : null;
  }

  @Nullable String clientState(ObjectNode body) {
    JsonNode state = body.path("clientState");
    if (state.asText("").length() > LONGEST_CLIENT_STATE) {
      throw invalid("clientState is longer than " + LONGEST_CLIENT_STATE + " characters.");
    }
    return state.isTextual() ? state.asText() : null;
  }

  /** The expiry that counts: one that is less than 45 minutes away is raised to 45 minutes. */
  Instant expiry(ObjectNode body, Instant now) {
    Instant wanted = time(required(body, "expirationDateTime"));
    if (!wanted.isAfter(now)) {
      throw invalid("The expirationDateTime must be in the future.");
    }
    if (wanted.isAfter(now.plus(LONGEST_LIFE))) {
      throw new GraphException(
          400,
          "ExtensionError",
          "Subscription expiration can only be " + LONGEST_LIFE.toMinutes() + " minutes ahead.");
    }
    Instant earliest = now.plus(SHORTEST_LIFE);
    return wanted.isBefore(earliest) ? earliest : wanted;
  }

  /** The expiry of a renewal, which may change nothing else. */
  Instant renewal(ObjectNode body, Instant now) {
    check(body);
    body.propertyStream()
        .filter(member -> !member.getKey().equals("expirationDateTime"))
        .filter(member -> !member.getKey().contains("@odata."))
        .findFirst()
        .ifPresent(
            member -> {
              throw invalid("A subscription's " + member.getKey() + " cannot be changed.");
            });
    return expiry(body, now);
  }

  private void check(ObjectNode body) {
    List<String> problems = contract.problems("microsoft.graph.subscription", body);
    if (!problems.isEmpty()) {
      throw new GraphException(400, "BadRequest", String.join("; ", problems));
    }
    for (String name : List.of("id", "applicationId", "creatorId")) {
      if (body.has(name)) {
        throw invalid("The property '" + name + "' is read-only.");
      }
    }
    if (body.path("includeResourceData").asBoolean()) {
      throw invalid("The sandbox sends no resource data.");
    }
  }

  private static URI url(String text, String name) {
    try {
      URI url = URI.create(text);
      boolean loopback = "http".equals(url.getScheme()) && LOOPBACK.contains(url.getHost());
      if (url.getHost() != null && (loopback || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // refused below
    }
    throw invalid("The " + name + " must be an HTTPS address.");
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw invalid("The expirationDateTime is not a time with an offset.");
    }
  }

  private static String required(ObjectNode body, String name) {
    String value = body.path(name).asText("");
    if (value.isBlank()) {
      throw invalid("A subscription needs " + name + ".");
    }
    return value;
  }

  private static GraphException invalid(String message) {
    return new GraphException(400, "InvalidRequest", message);
  }
}
