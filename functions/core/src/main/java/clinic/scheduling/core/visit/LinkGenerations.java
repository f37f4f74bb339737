package clinic.scheduling.core.visit;

import clinic.scheduling.core.ledger.IdempotentWrites;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How often the clinic has revoked the links of a visit (docs/decisions/0031). This number is
 * called the generation of the links. A link contains the generation in which it was made, unless
 * that is 0. The link works only while its generation is the current one. The row is kept longer
 * than any link is valid.
 */
public final class LinkGenerations {
  private static final String WHAT = "links";
  private static final String GENERATION = "generation";
  private static final Duration KEPT = Duration.ofDays(3_650);

  private final Rows rows;
  private final IdempotentWrites writes;
  private final Clock clock;

  public LinkGenerations(Rows rows, Clock clock) {
    this.rows = rows;
    this.writes = new IdempotentWrites(rows);
    this.clock = clock;
  }

  /**
   * The current generation.
   *
   * @param root the id of the first appointment of the visit
   */
  public int current(String root) {
    return rows.read(key(root)).map(LinkGenerations::of).orElse(0);
  }

  /**
   * Revokes all links of a visit that were made before now.
   *
   * @return the generation of links made from now on
   * @throws RowBusyException if others keep revoking the same links
   */
  public int revoke(String root) {
    Instant expires = clock.instant().plus(KEPT);
    return writes
        .update(
            key(root),
            row ->
                Optional.of(row.next(expires, Map.of(GENERATION, Integer.toString(of(row) + 1)))))
        .map(LinkGenerations::of)
        .orElseThrow();
  }

  private static int of(Row row) {
    return row.field(GENERATION).map(Integer::parseInt).orElse(0);
  }

  private static RowKey key(String root) {
    return RowKey.ofVisit(root, WHAT);
  }
}
