package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One versioned row. The first version of a row is random, and every write adds one. So a version
 * never comes back, not even after the row has expired: whoever still has an old version cannot
 * write (docs/decisions/0018).
 *
 * @param version the version as it was read; for a new row, the version that its first write gives
 *     it
 * @param isNew whether the row may be written only if the table has no row with this key
 * @param expires the time from which the row counts as absent; DynamoDB deletes it some time later
 */
public record Row(
    RowKey key, long version, boolean isNew, Instant expires, Map<String, String> fields) {

  /** The highest first version. It leaves room for more writes than any row can get. */
  private static final long HIGHEST_START = Long.MAX_VALUE >>> 1;

  public Row {
    fields = Map.copyOf(fields);
  }

  /** A new row. */
  public static Row fresh(RowKey key, Instant expires, Map<String, String> fields) {
    return new Row(key, newVersion(), true, expires, fields);
  }

  /** A new row without fields, for a key that is not in the table. */
  static Row absent(RowKey key) {
    return fresh(key, Instant.EPOCH, Map.of());
  }

  /** A row as it is in the table. */
  public static Row stored(RowKey key, long version, Instant expires, Map<String, String> fields) {
    return new Row(key, version, false, expires, fields);
  }

  /**
   * A copy with new fields. Writing the copy requires that this version is still current. Only
   * {@link #written} raises the version.
   */
  public Row next(Instant newExpires, Map<String, String> newFields) {
    return new Row(key, version, isNew, newExpires, newFields);
  }

  /** This row after it was written. */
  public Row written() {
    return stored(key, isNew ? version : version + 1, expires, fields);
  }

  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The first version of a row: 62 bits from the secure generator of random UUIDs. */
  static long newVersion() {
    return UUID.randomUUID().getLeastSignificantBits() & HIGHEST_START;
  }
}
