package clinic.scheduling.core.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The table, as far as this system needs one: strongly consistent reads and all-or-nothing writes
 * on condition of the version. Everything that must not happen twice rests on {@link #write}.
 */
public interface Rows {

  /** The row as it stands; empty if it was never written or has expired. */
  Optional<Row> read(RowKey key);

  /** Those of these rows that stand, in any order. */
  default List<Row> readAll(Collection<RowKey> keys) {
    return keys.stream().flatMap(key -> read(key).stream()).toList();
  }

  /** All rows of one partition, at most 1,000; more is an error, not a shorter answer. */
  List<Row> readPartition(String partition);

  /**
   * Writes all rows or none.
   *
   * @param rows at most 25, each with the version that it was read with, or 0 if it was absent
   * @return false, with nothing written, if any of them has been written by another meanwhile
   */
  boolean write(List<Row> rows);

  default boolean write(Row row) {
    return write(List.of(row));
  }
}
