package clinic.scheduling.core.visit;

import clinic.scheduling.core.token.ManageToken;
import java.time.Duration;
import java.time.Instant;

/**
 * The links through which a patient comes back to a visit. They name the visit by the first
 * appointment of its thread, so a link that was sent out survives every move. A visit may be moved
 * to a later day than its link knows; the token therefore outlives the visit by a year, and whoever
 * reads it compares {@link #isOver} with the visit as it is now.
 */
public final class ManageLink {
  private static final Duration MOVES = Duration.ofDays(365);

  private final String siteUrl;
  private final String apiUrl;
  private final ManageToken tokens;
  private final int daysAfterVisit;

  /**
   * @param siteUrl where the page of the booking site is that manages a visit, with or without a
   *     slash at its end
   * @param apiUrl where patients reach the API, likewise
   * @param daysAfterVisit how long after the end of the visit the links are good
   */
  public ManageLink(String siteUrl, String apiUrl, ManageToken tokens, int daysAfterVisit) {
    this.siteUrl = siteUrl.replaceFirst("/+$", "");
    this.apiUrl = apiUrl.replaceFirst("/+$", "");
    this.tokens = tokens;
    this.daysAfterVisit = daysAfterVisit;
  }

  /** The page on which the patient sees, moves and cancels the visit. */
  public String url(String root, Instant visitEnd) {
    return urlUntil(root, expiry(visitEnd));
  }

  /** The same, good until then. */
  String urlUntil(String root, Instant expires) {
    return siteUrl + "/#/manage/" + root + "?token=" + tokens.forManaging(root, expires);
  }

  /** Where {@code GET /m/{code}} is answered, which is the API. */
  String shortUrl(String code) {
    return apiUrl + "/m/" + code;
  }

  /** The token of {@link #url}, for the {@code Authorization} header. */
  public String token(String root, Instant visitEnd) {
    return tokens.forManaging(root, expiry(visitEnd));
  }

  /** Whether the links of a visit that ends then are no longer good. */
  public boolean isOver(Instant visitEnd, Instant now) {
    return !now.isBefore(ManageToken.expiry(visitEnd, daysAfterVisit));
  }

  /** The iCalendar object, to be fetched without a header. */
  public String inviteUrl(String root, Instant visitEnd) {
    String token = tokens.forInvite(root, expiry(visitEnd));
    return apiUrl + "/appointments/" + root + "/invite.ics?token=" + token;
  }

  /** How long the links of a visit that ends then are genuine. */
  Instant expiry(Instant visitEnd) {
    return ManageToken.expiry(visitEnd, daysAfterVisit).plus(MOVES);
  }
}
