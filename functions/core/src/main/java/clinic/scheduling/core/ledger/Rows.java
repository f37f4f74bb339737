package clinic.scheduling.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table, as far as this system needs one: strongly consistent reads, all-or-nothing writes on
 * condition of the version, and counters. Everything that must not happen twice rests on {@link
 * #write}.
 *
 * <p>A row takes 400 kB at most, a page of a read 1 MB, all rows of one write 4 MB; more is an
 * exception.
 */
public interface Rows {
  /** The most rows of one {@link #write}. */
  int TOGETHER = 100;

  /** The most rows that one page looks at. */
  int PAGE = 1_000;

  /** The most pages of one read: rows that have expired and not been dropped fill pages too. */
  int PAGES = 50;

  /**
   * How often {@link #update} reads, changes and writes before it gives up. A write is refused only
   * because another one has succeeded, so even forty writers in lockstep all get through.
   */
  int TRIES = ReadChangeWrite.TRIES;

  /** The row as it stands; empty if it was never written or has expired. */
  Optional<Row> read(RowKey key);

  /** Those of these rows that stand, in any order. */
  default List<Row> readAll(Collection<RowKey> keys) {
    return keys.stream().flatMap(key -> read(key).stream()).toList();
  }

  /**
   * A page of a partition, for who goes through more rows than fit into one answer.
   *
   * @param prefix what their sort keys begin with; empty for all
   * @param after the sort key to go on from; empty for the first page
   * @param most how many rows are looked at, {@link #PAGE} at most
   */
  RowPage page(String partition, String prefix, String after, int most);

  /**
   * The rows of a partition whose sort keys begin so, in the order of the sort keys.
   *
   * @param prefix empty for all
   * @param most more is an exception, not a shorter answer
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
   * @param rows one to {@link #TOGETHER}, each once, each with the version that it was read with,
   *     or {@link Row#fresh} if it was absent
   * @return false, with nothing written, if any of them has been written by another meanwhile
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
   * The same with several rows, which are all written or none.
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
   * Counts one more in one step, so that of any number of callers at once no more than the limit
   * are told that they were counted. A call whose answer was lost may count twice.
   *
   * @param key of a row that nothing else is written to
   * @param limit at least 1
   * @param expires when the count ends; a new one begins afterwards
   * @return false if the limit is reached
   * @throws CountRefusedException if so many count at once that the table refuses some
   */
  boolean count(RowKey key, int limit, Instant expires);
}
