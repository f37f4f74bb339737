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
 * <p>It has the limits of DynamoDB (Developer Guide, quotas): 400 kB for a row, 1 MB for a page of
 * a read, 4 MB for all rows of one write. Exceeding one throws.
 */
public interface Rows {
  /** The most rows of one {@link #write}. */
  int MAX_ROWS_PER_WRITE = 100;

  /** The most rows that one page examines. */
  int PAGE = 1_000;

  /** The most pages of one read; expired rows that were not dropped yet fill pages, too. */
  int PAGES = 50;

  /**
   * How often {@link #update} reads, changes and writes before it gives up. A write fails only if
   * another one has succeeded. So even if forty writers compete for a row, all of them succeed.
   */
  int TRIES = ReadChangeWrite.TRIES;

  /** The current row; empty if it was never written or has expired. */
  Optional<Row> read(RowKey key);

  /** Those of these rows that exist, in any order. */
  default List<Row> readAll(Collection<RowKey> keys) {
    return keys.stream().flatMap(key -> read(key).stream()).toList();
  }

  /**
   * A page of a partition, for callers that go through more rows than fit into one response.
   *
   * @param prefix of the sort keys; empty for all
   * @param after the sort key to continue after; empty for the first page
   * @param most how many rows are examined, {@link #PAGE} at most
   */
  RowPage page(String partition, String prefix, String after, int most);

  /**
   * The rows of a partition whose sort keys have this prefix, in the order of the sort keys.
   *
   * @param prefix empty for all
   * @param most more rows throw an exception; the result is never cut short
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
   * @return false, with nothing written, if another writer has written any of them meanwhile
   */
  boolean write(List<Row> rows);

  default boolean write(Row row) {
    return write(List.of(row));
  }

  /**
   * Reads a row, changes it, and writes it on condition that nobody has written it in between;
   * otherwise does all three again, at once and at most {@link #TRIES} times.
   *
   * @param change gets the row as read, or a {@linkplain Row#isNew new} one if there is none, and
   *     returns what {@link Row#next} makes of it; empty to leave the row as it is. May be called
   *     several times, and may throw to leave the row as it is.
   * @return the row as written; empty if {@code change} left it
   * @throws RowBusyException if others wrote the row each time; nothing was written
   */
  default Optional<Row> update(RowKey key, Function<Row, Optional<Row>> change) {
    return updateAll(List.of(key), rows -> change.apply(rows.get(0)).stream().toList()).stream()
        .findFirst();
  }

  /**
   * Like {@link #update}, for several rows: writes all of them or none.
   *
   * @param change returns those of the rows that change; none to leave all as they are
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
   * Adds one to a counter in one step, so that however many callers come at once, no more than
   * {@code limit} get true. A call whose response was lost may count twice.
   *
   * @param key of a row that is used for nothing else
   * @param limit at least 1
   * @param expires when the count ends; afterwards a new one begins
   * @return false if the limit is reached
   * @throws CountRefusedException if the table refuses because too many callers count at once
   */
  boolean count(RowKey key, int limit, Instant expires);
}
