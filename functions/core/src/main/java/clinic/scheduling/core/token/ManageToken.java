package clinic.scheduling.core.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What lets a patient read, move or cancel one visit, bound to the first appointment of its thread
 * so that it survives every move. The invite token is weaker: it fetches the iCalendar object and
 * nothing else, because it stands in a URL.
 */
public final class ManageToken {
  private static final String MANAGE = "manage";
  private static final String INVITE = "invite";

  private final SignedTokens tokens;

  public ManageToken(SignedTokens tokens) {
    this.tokens = tokens;
  }

  /** A token to read, move and cancel the visit whose thread begins with {@code appointment}. */
  public String forManaging(String appointment, Instant expires) {
    return tokens.sign(MANAGE, Map.of("a", appointment), expires);
  }

  /** A token that only fetches the iCalendar object. */
  public String forInvite(String appointment, Instant expires) {
    return tokens.sign(INVITE, Map.of("a", appointment), expires);
  }

  /** The appointment that this token manages; empty if it is forged, expired or for an invite. */
  public Optional<String> managed(String token) {
    return appointment(MANAGE, token);
  }

  /** The appointment whose iCalendar object this token fetches. */
  public Optional<String> invited(String token) {
    return appointment(INVITE, token);
  }

  /** Tokens live until some days after the visit. */
  public static Instant expiry(Instant visitEnd, int daysAfterVisit) {
    return visitEnd.plus(Duration.ofDays(daysAfterVisit));
  }

  private Optional<String> appointment(String purpose, String token) {
    return tokens.verify(purpose, token) instanceof Verdict.Valid valid
        ? Optional.ofNullable(valid.claims().get("a"))
        : Optional.empty();
  }
}
