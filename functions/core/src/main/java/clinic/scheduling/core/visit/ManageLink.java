package clinic.scheduling.core.visit;

import clinic.scheduling.core.token.ManageToken;
import java.time.Instant;

/**
 * The links through which a patient comes back to a visit. They name the visit by the first
 * appointment of its thread and carry a token that lives until some days after the visit, so a link
 * that was sent out survives every move.
 */
public final class ManageLink {
  private final String publicUrl;
  private final ManageToken tokens;
  private final int daysAfterVisit;

  /**
   * @param publicUrl where patients reach this system, with or without a slash at its end
   * @param daysAfterVisit how long after the end of the visit the links are good
   */
  public ManageLink(String publicUrl, ManageToken tokens, int daysAfterVisit) {
    this.publicUrl = publicUrl.replaceFirst("/+$", "");
    this.tokens = tokens;
    this.daysAfterVisit = daysAfterVisit;
  }

  /** The page on which the patient sees, moves and cancels the visit. */
  public String url(String root, Instant visitEnd) {
    return publicUrl + "/#/manage/" + root + "?token=" + token(root, visitEnd);
  }

  /** The token of {@link #url}, for the {@code Authorization} header. */
  public String token(String root, Instant visitEnd) {
    return tokens.forManaging(root, ManageToken.expiry(visitEnd, daysAfterVisit));
  }

  /** The iCalendar object, to be fetched without a header. */
  public String inviteUrl(String root, Instant visitEnd) {
    String token = tokens.forInvite(root, ManageToken.expiry(visitEnd, daysAfterVisit));
    return publicUrl + "/appointments/" + root + "/invite.ics?token=" + token;
  }
}
