package clinic.scheduling.core.visit;

import clinic.scheduling.core.token.ManageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
  private final LinkGenerations generations;
  private final int daysAfterVisit;

  /**
   * @param siteUrl where the page of the booking site is that manages a visit, with or without a
   *     slash at its end
   * @param apiUrl where patients reach the API, likewise
   * @param daysAfterVisit how long after the end of the visit the links are good
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
   * Every way to a visit that its patient is given.
   *
   * @param token for the {@code Authorization} header
   * @param page on which the patient sees, moves and cancels the visit
   * @param invite the iCalendar object, to be fetched without a header
   */
  public record Ways(String token, String page, String invite) {}

  /** The ways to a visit that are good now. */
  public Ways to(String root, Instant visitEnd) {
    int generation = generations.current(root);
    Instant expires = expiry(visitEnd);
    String invite = tokens.forInvite(root, generation, expires);
    return new Ways(
        tokens.forManaging(root, generation, expires),
        page(root, generation, expires),
        apiUrl + "/appointments/" + root + "/invite.ics?token=" + invite);
  }

  /** The page on which the patient sees, moves and cancels the visit. */
  public String url(String root, Instant visitEnd) {
    return page(root, generations.current(root), expiry(visitEnd));
  }

  /** The same, good until then, for links that have been revoked so often. */
  String page(String root, int generation, Instant expires) {
    return siteUrl
        + "/#/manage/"
        + root
        + "?token="
        + tokens.forManaging(root, generation, expires);
  }

  /**
   * The visit that this token manages; empty if it is forged, expired, revoked or for an invite.
   */
  public Optional<String> managed(String token) {
    return standing(tokens.managed(token));
  }

  /** The visit whose iCalendar object this token fetches; empty as for {@link #managed}. */
  public Optional<String> invited(String token) {
    return standing(tokens.invited(token));
  }

  /** The generation of links that are good now. */
  int generation(String root) {
    return generations.current(root);
  }

  private Optional<String> standing(Optional<ManageToken.Proof> proof) {
    return proof
        .filter(one -> one.generation() == generations.current(one.appointment()))
        .map(ManageToken.Proof::appointment);
  }

  /** Where {@code GET /m/{code}} is answered, which is the API. */
  String shortUrl(String code) {
    return apiUrl + "/m/" + code;
  }

  /** Whether the links of a visit that ends then are no longer good. */
  public boolean isOver(Instant visitEnd, Instant now) {
    return !now.isBefore(ManageToken.expiry(visitEnd, daysAfterVisit));
  }

  /** How long the links of a visit that ends then are genuine. */
  Instant expiry(Instant visitEnd) {
    return ManageToken.expiry(visitEnd, daysAfterVisit).plus(MOVES);
  }
}
