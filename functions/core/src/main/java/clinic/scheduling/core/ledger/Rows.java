package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table: strongly consistent reads, conditional writes of one or several rows, and counters.
 * Everything that must not happen twice relies on {@link #write}.
 *
 * <p>The table has the limits of DynamoDB (Developer Guide, quotas): 400 kB for a row, 1 MB for a
 * page of a read, 4 MB for all rows of one write. A call that exceeds a limit throws an exception.
 */
public interface Rows {
  /** The most rows of one {@link #write}. */
  int MAX_ROWS_PER_WRITE = 100;

  /** The most rows that are examined for one page. */
  int PAGE = 1_000;

  /** The most pages of one read. Expired rows that DynamoDB has not deleted yet fill pages, too. */
  int PAGES = 50;

  /**
   * How often {@link #update} reads, changes and writes before it gives up. A write fails only if
   * another one has succeeded. So even if forty writers compete for a row, all of them succeed.
   */
  int TRIES = ReadChangeWrite.TRIES;

  /** The current row; empty if it was never written or has expired. */
  Optional<Row> read(RowKey key);

  /** The rows with these keys that exist, in any order. */
  default List<Row> readAll(Collection<RowKey> keys) {
    return keys.stream().flatMap(key -> read(key).stream()).toList();
  }

  /**
   * A page of a partition, for callers that go through more rows than fit into one response.
   *
   * @param prefix the prefix that the sort keys have; empty for all rows
   * @param after the sort key after which the page begins; empty for the first page
   * @param most how many rows are examined; never more than {@link #PAGE} are
   */
  RowPage page(String partition, String prefix, String after, int most);

  /**
   * The rows of a partition whose sort keys have this prefix, in the order of the sort keys.
   *
   * @param prefix the prefix that the sort keys have; empty for all rows
   * @param most the most rows that are returned; if there are more, an exception is thrown
   */
  default List<Row> readStartingWith(String partition, String prefix, int most) {
    List<Row> found = new ArrayList<>();
    Optional<String> next = Optional.of("");
    for (int page = 0; page < PAGES && next.isPresent() && found.size() <= most; page++) {
      RowPage one = page(partition, prefix, next.get(), PAGE);
      found.addAll(one.rows());
      next = one.next();
    }
    if (next.isPresent() || found.size() > most) {
      throw new IllegalStateException(
          "more than " + most + " rows of " + partition + " begin with " + prefix);
    }
    return found;
  }

  /**
   * Writes all rows or none.
   *
   * @param rows one to {@link #MAX_ROWS_PER_WRITE} different rows, each with the version with which
   *     it was read, or {@link Row#fresh} if it was absent
   * @return false, with nothing written, if another writer has written any of the rows meanwhile
   */
  boolean write(List<Row> rows);

  default boolean write(Row row) {
    return write(List.of(row));
  }

  /**
   * Reads a row, changes it, and writes it. If another writer has written the row in between, all
   * three steps are repeated at once, up to {@link #TRIES} times in all.
   *
   * @param change makes the changed row with {@link Row#next}, or returns empty to leave the row as
   *     it is. It gets the row as it was read, or a {@linkplain Row#isNew new} row if there is
   *     none. It may be called several times. If {@code change} throws, nothing is written
   * @return the row as written; empty if {@code change} returned empty
   * @throws RowBusyException if others wrote the row each time; nothing was written
   */
  default Optional<Row> update(RowKey key, Function<Row, Optional<Row>> change) {
    return updateAll(List.of(key), rows -> change.apply(rows.get(0)).stream().toList()).stream()
        .findFirst();
  }

  /**
   * Like {@link #update}, for several rows: writes all of them or none.
   *
   * @param change returns the rows that it has changed, or an empty list to leave all rows as they
   *     are
   * @return the rows as written
   * @throws RowBusyException if others wrote one of the rows each time; nothing was written
   */
  default List<Row> updateAll(List<RowKey> keys, Function<List<Row>, List<Row>> change) {
    return ReadChangeWrite.run(
        () -> keys.stream().map(key -> read(key).orElseGet(() -> Row.absent(key))).toList(),
        change,
        this::write);
  }

  /**
   * Adds one to a counter in one step. However many callers come at once, no more than {@code
   * limit} of them get true. A call whose response was lost may count twice.
   *
   * @param key the key of a row that is used for nothing else
   * @param limit the highest count, at least 1
   * @param expires when the count ends; afterwards a new one begins
   * @return false if the limit is reached
   * @throws CountRefusedException if the table refuses because too many callers count at once
   */
  boolean count(RowKey key, int limit, Instant expires);
}
