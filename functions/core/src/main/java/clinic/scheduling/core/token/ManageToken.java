package clinic.scheduling.core.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Makes and verifies the tokens with which a patient reads, moves or cancels one visit
 * (docs/decisions/0031). A token names the first appointment of the visit, so it stays valid when
 * the visit is moved. An invite token can only fetch the iCalendar object, because calendar
 * programs get it as a part of a URL.
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
   * @param appointment the id of the first appointment of the visit
   * @param generation how often the links of the visit had been revoked when the token was made
   */
  public record Proof(String appointment, int generation) {}

  /**
   * Makes a token to read, move and cancel the visit whose first appointment is {@code
   * appointment}.
   *
   * @param generation how often the links of the visit have been revoked
   */
  public String forManaging(String appointment, int generation, Instant expires) {
    return tokens.sign(MANAGE, claims(appointment, generation), expires);
  }

  /** Makes a token that only fetches the iCalendar object. */
  public String forInvite(String appointment, int generation, Instant expires) {
    return tokens.sign(INVITE, claims(appointment, generation), expires);
  }

  /**
   * The content of a manage token; empty if the token is forged, expired or an invite token. The
   * caller has to check whether the token has been revoked.
   */
  public Optional<Proof> managed(String token) {
    return proof(MANAGE, token);
  }

  /** The content of an invite token; empty if the token is forged, expired or a manage token. */
  public Optional<Proof> invited(String token) {
    return proof(INVITE, token);
  }

  /** The end of the visit plus the given number of days. */
  public static Instant expiry(Instant visitEnd, int daysAfterVisit) {
    return visitEnd.plus(Duration.ofDays(daysAfterVisit));
  }

  /**
   * The generation is left out if it is 0. Tokens of earlier versions have none, and so count as
   * generation 0.
   */
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
