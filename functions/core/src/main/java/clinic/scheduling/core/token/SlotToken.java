package clinic.scheduling.core.token;

import clinic.scheduling.core.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An offered time, as we give it to the booking site and get it back. We need it because a slot in
 * Canvas has no id and cannot be reserved (docs/facts/canvas.md 2.2). It has no data about a
 * patient.
 *
 * @param schedule the Canvas Schedule id, {@code Location.<n>-Staff.<key>}
 * @param practitioner the Canvas staff key
 * @param location the practice document's id of the place
 * @param visit the practice document's id of the visit type
 * @param minutes the length of the visit
 */
public record SlotToken(
    String schedule,
    String practitioner,
    String location,
    String visit,
    Instant start,
    int minutes) {
  private static final String PURPOSE = "slot";

  public String signedBy(SignedTokens tokens, Instant expires) {
    Map<String, String> claims = new TreeMap<>();
    claims.put("s", schedule);
    claims.put("p", practitioner);
    claims.put("l", location);
    claims.put("v", visit);
    claims.put("t", Long.toString(start.getEpochSecond()));
    claims.put("m", Integer.toString(minutes));
    return tokens.sign(PURPOSE, claims, expires);
  }

  /**
   * The slot that a token offers. If the token has expired, the slot can no longer be booked with
   * it.
   */
  public static Verdict<SlotToken> read(String token, SignedTokens tokens) {
    return tokens.verify(PURPOSE, token).map(SlotToken::of);
  }

  public Interval time() {
    return Interval.of(start, Duration.ofMinutes(minutes));
  }

  private static SlotToken of(Map<String, String> claims) {
    return new SlotToken(
        claim(claims, "s"),
        claim(claims, "p"),
        claim(claims, "l"),
        claim(claims, "v"),
        Instant.ofEpochSecond(Long.parseLong(claim(claims, "t"))),
        Integer.parseInt(claim(claims, "m")));
  }

  private static String claim(Map<String, String> claims, String name) {
    return claims.getOrDefault(name, "");
  }
}
