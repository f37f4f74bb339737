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
 * Links that are short enough for a text message, {@code /m/<code>} (docs/decisions/0017). Each
 * leads to the {@link ManageLink} of one visit while that link works. A code can be made only with
 * one of our secrets, and becomes invalid when that secret is removed. The row that names the visit
 * is stored under a digest of the code, so the table contains no links.
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
   * The short link of a visit, which works from now on. A visit has the same short link until the
   * secrets are rotated or the links of the visit are revoked. If the visit ends later than before,
   * the short link works longer.
   *
   * @throws RowBusyException if others keep writing the same link
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

  /** The link that a code leads to; empty if the code is unknown, forged, expired or revoked. */
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

  /**
   * What the code is made for. The {@linkplain LinkGenerations generation} is part of it, so that
   * revoking changes the code. Generation 0 is left out, so that codes from earlier versions stay
   * valid.
   */
  private static String subject(String root, int generation) {
    return generation == 0 ? root : root + "#" + generation;
  }

  private static RowKey key(String code) {
    return new RowKey("link#" + Digest.of("link", code), PURPOSE);
  }
}
