package clinic.scheduling.core.visit;

import clinic.scheduling.core.token.ManageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The links with which a patient returns to a visit. They name the first appointment of the visit,
 * so they still work after a move. The visit may have moved to a later day since the link was made.
 * The token is therefore valid for a year longer than the link should work. Whoever reads the token
 * must check {@link #hasExpired} with the present end of the visit.
 */
public final class ManageLink {
  private static final Duration TIME_FOR_MOVES = Duration.ofDays(365);

  private final String siteUrl;
  private final String apiUrl;
  private final ManageToken tokens;
  private final LinkGenerations generations;
  private final int daysAfterVisit;

  /**
   * @param siteUrl the address of the booking site, with or without a slash at its end
   * @param apiUrl the address of the API, with or without a slash at its end
   * @param daysAfterVisit how many days after the end of the visit the links work
   */
  public ManageLink(
      String siteUrl,
      String apiUrl,
      ManageToken tokens,
      LinkGenerations generations,
      int daysAfterVisit) {
    this.siteUrl = siteUrl.replaceFirst("/+$", "");
    this.apiUrl = apiUrl.replaceFirst("/+$", "");
    this.tokens = tokens;
    this.generations = generations;
    this.daysAfterVisit = daysAfterVisit;
  }

  /**
   * The links to a visit that its patient gets.
   *
   * @param token for the {@code Authorization} header
   * @param page the URL where the patient sees, moves and cancels the visit
   * @param invite the URL of the iCalendar object, which needs no header
   */
  public record Links(String token, String page, String invite) {}

  /** Makes the links to a visit, in the current {@linkplain LinkGenerations generation}. */
  public Links to(String root, Instant visitEnd) {
    int generation = generations.current(root);
    Instant expires = expiry(visitEnd);
    String invite = tokens.forInvite(root, generation, expires);
    return new Links(
        tokens.forManaging(root, generation, expires),
        page(root, generation, expires),
        apiUrl + "/appointments/" + root + "/invite.ics?token=" + invite);
  }

  /** The URL where the patient sees, moves and cancels the visit. */
  public String url(String root, Instant visitEnd) {
    return page(root, generations.current(root), expiry(visitEnd));
  }

  /**
   * The URL where the patient sees, moves and cancels the visit, with the given generation and
   * expiry.
   */
  String page(String root, int generation, Instant expires) {
    return siteUrl
        + "/#/manage/"
        + root
        + "?token="
        + tokens.forManaging(root, generation, expires);
  }

  /**
   * The id of the visit that a manage token is for; empty if the token is forged, expired, revoked
   * or an invite token.
   */
  public Optional<String> managed(String token) {
    return unrevoked(tokens.managed(token));
  }

  /**
   * The id of the visit that an invite token is for; empty if the token is forged, expired, revoked
   * or a manage token.
   */
  public Optional<String> invited(String token) {
    return unrevoked(tokens.invited(token));
  }

  /** The current {@linkplain LinkGenerations generation} of the links of a visit. */
  int generation(String root) {
    return generations.current(root);
  }

  private Optional<String> unrevoked(Optional<ManageToken.Proof> proof) {
    return proof
        .filter(one -> one.generation() == generations.current(one.appointment()))
        .map(ManageToken.Proof::appointment);
  }

  /** The URL of {@code GET /m/{code}} of the API. */
  String shortUrl(String code) {
    return apiUrl + "/m/" + code;
  }

  /** Whether the links of a visit with this end have expired. */
  public boolean hasExpired(Instant visitEnd, Instant now) {
    return !now.isBefore(ManageToken.expiry(visitEnd, daysAfterVisit));
  }

  /** The expiry of the tokens in the links of a visit with this end. */
  Instant expiry(Instant visitEnd) {
    return ManageToken.expiry(visitEnd, daysAfterVisit).plus(TIME_FOR_MOVES);
  }
}
