package clinic.scheduling.slots;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A cursor names the last offer of a page, so that the next page begins after that offer. The
 * cursor is signed, and valid only for its query. We do not store the cursor; the caller sends it
 * back. As long as the offers do not change, no offer is skipped or repeated.
 */
final class PageCursor {
  private static final String PURPOSE = "cursor";
  private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

  private PageCursor() {}

  static String signedAfter(SlotQuery query, Offer last, SignedTokens tokens, Instant now) {
    Map<String, String> claims =
        Map.of(
            "q", digestOf(query),
            "t", Long.toString(last.start().getEpochSecond()),
            "p", last.practitioner(),
            "l", last.location());
    return tokens.sign(PURPOSE, claims, now.plus(TIME_TO_LIVE));
  }

  /**
   * The offers after the cursor of the query. All offers if the query has no cursor.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if we did not sign the cursor for
   *     this query
   */
  static List<Offer> after(SlotQuery query, List<Offer> offers, SignedTokens tokens) {
    return query
        .cursor()
        .map(cursor -> after(claims(cursor, query, tokens), offers))
        .orElse(offers);
  }

  private static List<Offer> after(Map<String, String> claims, List<Offer> offers) {
    return offers.stream().filter(offer -> isAfter(offer, claims)).toList();
  }

  private static boolean isAfter(Offer offer, Map<String, String> claims) {
    Instant start = Instant.ofEpochSecond(Long.parseLong(claims.getOrDefault("t", "0")));
    int order = offer.start().compareTo(start);
    if (order == 0) {
      order = offer.practitioner().compareTo(claims.getOrDefault("p", ""));
    }
    if (order == 0) {
      order = offer.location().compareTo(claims.getOrDefault("l", ""));
    }
    return order > 0;
  }

  private static Map<String, String> claims(String cursor, SlotQuery query, SignedTokens tokens) {
    return tokens
        .verify(PURPOSE, cursor)
        .valid()
        .filter(claims -> digestOf(query).equals(claims.get("q")))
        .orElseThrow(
            () ->
                Problem.invalid("cursor", "must be the value of next of the page before")
                    .asException());
  }

  private static String digestOf(SlotQuery query) {
    return Digest.of(
        query.visit().id(),
        query.from().signedText(),
        query.to().signedText(),
        query.specialty().orElse(""),
        query.state().orElse(""),
        query.location().orElse(""),
        query.practitioner().orElse(""),
        Integer.toString(query.minutes()),
        Boolean.toString(query.firstPerPractitioner()),
        query.zone().map(Object::toString).orElse(""));
  }
}
