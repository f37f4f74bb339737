package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One versioned row.
 *
 * @param version 0 for a row that was never written; rises by one with every write
 * @param expires from then on the row counts as absent, and the table drops it some time later
 */
public record Row(RowKey key, long version, Instant expires, Map<String, String> fields) {

  public Row {
    fields = Map.copyOf(fields);
  }

  /** A row that does not exist yet. */
  public static Row fresh(RowKey key, Instant expires, Map<String, String> fields) {
    return new Row(key, 0, expires, fields);
  }

  /** The next version of this row, to be written on condition that this one still stands. */
  public Row next(Instant newExpires, Map<String, String> newFields) {
    return new Row(key, version, newExpires, newFields);
  }

  /** This row as it stands once written. */
  public Row written() {
    return new Row(key, version + 1, expires, fields);
  }

  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
