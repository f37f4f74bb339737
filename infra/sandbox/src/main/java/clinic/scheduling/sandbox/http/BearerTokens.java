package clinic.scheduling.sandbox.http;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tokens that a token endpoint has issued, each for one subject and a limited time. */
public final class BearerTokens {
  private record Grant(String subject, Instant expires) {}

  private final Map<String, Grant> grants = new HashMap<>();
  private final Clock clock;
  private final long lifeSeconds;

  public BearerTokens(Clock clock, long lifeSeconds) {
    this.clock = clock;
    this.lifeSeconds = lifeSeconds;
  }

  public long lifeSeconds() {
    return lifeSeconds;
  }

  public synchronized String issue(String subject) {
    grants.values().removeIf(grant -> !grant.expires().isAfter(clock.instant()));
    String token = "sandbox-" + UUID.randomUUID();
    grants.put(token, new Grant(subject, clock.instant().plusSeconds(lifeSeconds)));
    return token;
  }

  /** The subject of the bearer token of a call; empty if the token is missing or has expired. */
  public synchronized Optional<String> subject(Call call) {
    return call.header("Authorization")
        .filter(header -> header.startsWith("Bearer "))
        .map(header -> grants.get(header.substring("Bearer ".length())))
        .filter(grant -> grant.expires().isAfter(clock.instant()))
        .map(Grant::subject);
  }

  /** Invalidates every token, as a rotated secret would. */
  public synchronized void revokeAll() {
    grants.clear();
  }
}
