package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One versioned row. Each life of a row begins with a version drawn at random and every write adds
 * one, so a version that was seen once does not come back after the row has expired: whoever still
 * holds it can no longer write.
 *
 * @param version as it was read; of a new row the one that its first write gives it
 * @param isNew whether it is to be written on condition that no row stands
 * @param expires from then on the row counts as absent, and the table drops it some time later
 */
public record Row(
    RowKey key, long version, boolean isNew, Instant expires, Map<String, String> fields) {

  /** Leaves room for more writes than any row can see. */
  private static final long HIGHEST_START = Long.MAX_VALUE >>> 1;

  public Row {
    fields = Map.copyOf(fields);
  }

  /** A row that does not exist yet. */
  public static Row fresh(RowKey key, Instant expires, Map<String, String> fields) {
    return new Row(key, newVersion(), true, expires, fields);
  }

  /** In the place of a row that is not in the table, for whoever may write the first version. */
  static Row absent(RowKey key) {
    return fresh(key, Instant.EPOCH, Map.of());
  }

  /** A row as it stands in the table. */
  public static Row standing(
      RowKey key, long version, Instant expires, Map<String, String> fields) {
    return new Row(key, version, false, expires, fields);
  }

  /** The next version of this row, to be written on condition that this one still stands. */
  public Row next(Instant newExpires, Map<String, String> newFields) {
    return new Row(key, version, isNew, newExpires, newFields);
  }

  /** This row as it stands once written. */
  public Row written() {
    return standing(key, isNew ? version : version + 1, expires, fields);
  }

  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The first version of a life: 62 bits of the secure generator behind random UUIDs. */
  static long newVersion() {
    return UUID.randomUUID().getLeastSignificantBits() & HIGHEST_START;
  }
}
