package clinic.scheduling.sandbox.http;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The tokens that a token endpoint has issued, each for one subject and a limited time. */
public final class BearerTokens {
  /** What a token was issued for. */
  public record Grant(String subject, Set<String> scopes, Instant expires) {
    public Grant {
      scopes = Set.copyOf(scopes);
    }
  }

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

  public String issue(String subject) {
    return issue(subject, Set.of());
  }

  public synchronized String issue(String subject, Set<String> scopes) {
    grants.values().removeIf(grant -> !grant.expires().isAfter(clock.instant()));
    String token = "sandbox-" + UUID.randomUUID();
    grants.put(token, new Grant(subject, scopes, clock.instant().plusSeconds(lifeSeconds)));
    return token;
  }

  /** The subject of the bearer token of a call; empty if the token is missing or has expired. */
  public Optional<String> subject(Call call) {
    return grant(call).map(Grant::subject);
  }

  /** The grant of the bearer token of a call; empty if the token is missing or has expired. */
  public synchronized Optional<Grant> grant(Call call) {
    return call.header("Authorization")
        .filter(header -> header.startsWith("Bearer "))
        .map(header -> grants.get(header.substring("Bearer ".length())))
        .filter(grant -> grant.expires().isAfter(clock.instant()));
  }

  /** Invalidates every token, as a rotated secret would. */
  public synchronized void revokeAll() {
    grants.clear();
  }
}
