package clinic.scheduling.booking.request;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Instant;
import java.util.Map;

/**
 * A form's hold on a time, as we give it to the booking site and get it back. Only who has the
 * token can extend the hold, release it or book with it. It has no data about a patient.
 *
 * @param owner the owner of the hold
 * @param practitioner the Canvas staff key
 * @param time the time that is held: the visit with its buffers
 * @param start when the visit begins
 */
public record HoldToken(String owner, String practitioner, Interval time, Instant start) {
  private static final String PURPOSE = "hold";

  public String signedBy(SignedTokens tokens, Instant expires) {
    Map<String, String> claims =
        Map.of(
            "o", owner,
            "p", practitioner,
            "f", time.start().toString(),
            "u", time.end().toString(),
            "t", start.toString());
    return tokens.sign(PURPOSE, claims, expires);
  }

  /**
   * The hold that a token names. It may have ended, also if the token has not expired.
   *
   * @throws ProblemException if the token is forged
   */
  public static HoldToken read(String text, SignedTokens tokens) {
    return tokens
        .verify(PURPOSE, text)
        .map(HoldToken::of)
        .fold(
            valid -> valid,
            expired -> expired,
            () -> {
              throw Problem.invalid("hold", "must be a hold as POST /holds gave it").asException();
            });
  }

  /**
   * Refuses to book a slot with a hold on another time.
   *
   * @throws ProblemException if this holds another time than that of the slot
   */
  public void requireTimeOf(OfferedSlot offered) {
    if (!practitioner.equals(offered.slot().practitioner())
        || !start.equals(offered.slot().start())) {
      throw Problem.invalid("hold", "must hold the time of the slot").asException();
    }
  }

  private static HoldToken of(Map<String, String> claims) {
    return new HoldToken(
        claims.getOrDefault("o", ""),
        claims.getOrDefault("p", ""),
        new Interval(
            Instant.parse(claims.getOrDefault("f", "")),
            Instant.parse(claims.getOrDefault("u", ""))),
        Instant.parse(claims.getOrDefault("t", "")));
  }
}
