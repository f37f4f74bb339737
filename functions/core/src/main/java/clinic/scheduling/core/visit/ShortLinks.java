package clinic.scheduling.core.visit;

import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.token.SignedTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Links short enough for a text message, {@code /m/<code>}; each stands for the {@link ManageLink}
 * of one visit, for as long as that one is good. A code opens the visit as a token does: only our
 * secrets make one, and it ends with the secret that made it. Its row says which visit it stands
 * for, under a digest, so that nobody who reads the table finds a link there.
 */
public final class ShortLinks {
  private static final String PURPOSE = "manage";
  private static final String VISIT = "visit";
  private static final String GENERATION = "generation";
  private static final Pattern CODE = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{13}");

  private final ManageLink links;
  private final SignedTokens tokens;
  private final Rows rows;

  public ShortLinks(ManageLink links, SignedTokens tokens, Rows rows) {
    this.links = links;
    this.tokens = tokens;
    this.rows = rows;
  }

  /**
   * The short link of a visit, good from now on. The same visit has the same one until the secrets
   * are rotated or its links revoked; a later end of the visit makes it last longer.
   *
   * @throws RowBusyException if others write at the same time without end
   */
  public String url(String root, Instant visitEnd) {
    int generation = links.generation(root);
    String code = tokens.code(PURPOSE, subject(root, generation));
    Map<String, String> fields = Map.of(VISIT, root, GENERATION, Integer.toString(generation));
    Instant expires = links.expiry(visitEnd).truncatedTo(ChronoUnit.SECONDS);
    rows.update(
        key(code),
        row ->
            row.expires().isBefore(expires)
                ? Optional.of(row.next(expires, fields))
                : Optional.empty());
    return links.shortUrl(code);
  }

  /** The link that a code stands for; empty if it is unknown, forged, expired or revoked. */
  public Optional<String> target(String code) {
    return CODE.matcher(code).matches()
        ? rows.read(key(code)).flatMap(row -> target(code, row))
        : Optional.empty();
  }

  private Optional<String> target(String code, Row row) {
    int generation = row.field(GENERATION).map(Integer::parseInt).orElse(0);
    return row.field(VISIT)
        .filter(root -> tokens.isCode(PURPOSE, subject(root, generation), code))
        .filter(root -> generation == links.generation(root))
        .map(root -> links.page(root, generation, row.expires()));
  }

  /** A visit whose links were revoked gets another code; the first one is as it always was. */
  private static String subject(String root, int generation) {
    return generation == 0 ? root : root + "#" + generation;
  }

  private static RowKey key(String code) {
    return new RowKey("link#" + Digest.of("link", code), PURPOSE);
  }
}
