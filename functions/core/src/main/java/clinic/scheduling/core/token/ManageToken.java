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
  private static final String APPOINTMENT = "a";
  private static final String GENERATION = "g";

  private final SignedTokens tokens;

  public ManageToken(SignedTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What a genuine token says.
   *
   * @param appointment the first one of the thread
   * @param generation how often the links of the visit had been revoked when it was made
   */
  public record Proof(String appointment, int generation) {}

  /**
   * A token to read, move and cancel the visit whose thread begins with {@code appointment}.
   *
   * @param generation how often the links of the visit have been revoked
   */
  public String forManaging(String appointment, int generation, Instant expires) {
    return tokens.sign(MANAGE, claims(appointment, generation), expires);
  }

  /** A token that only fetches the iCalendar object. */
  public String forInvite(String appointment, int generation, Instant expires) {
    return tokens.sign(INVITE, claims(appointment, generation), expires);
  }

  /**
   * What this token manages; empty if it is forged, expired or for an invite. Whether it has been
   * revoked the table knows.
   */
  public Optional<Proof> managed(String token) {
    return proof(MANAGE, token);
  }

  /** The visit whose iCalendar object this token fetches. */
  public Optional<Proof> invited(String token) {
    return proof(INVITE, token);
  }

  /** Tokens live until some days after the visit. */
  public static Instant expiry(Instant visitEnd, int daysAfterVisit) {
    return visitEnd.plus(Duration.ofDays(daysAfterVisit));
  }

  /** The usual generation is left out, as it was before there were any. */
  private static Map<String, String> claims(String appointment, int generation) {
    return generation == 0
        ? Map.of(APPOINTMENT, appointment)
        : Map.of(APPOINTMENT, appointment, GENERATION, Integer.toString(generation));
  }

  private Optional<Proof> proof(String purpose, String token) {
    return tokens
        .verify(purpose, token)
        .valid()
        .flatMap(
            claims ->
                Optional.ofNullable(claims.get(APPOINTMENT))
                    .map(id -> new Proof(id, generation(claims))));
  }

  private static int generation(Map<String, String> claims) {
    return Integer.parseInt(claims.getOrDefault(GENERATION, "0"));
  }
}
