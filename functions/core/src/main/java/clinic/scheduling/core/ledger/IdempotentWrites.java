package clinic.scheduling.core.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Conditional writes that report success correctly even if the response was lost. A client that
 * retries a conditional write after a lost response is refused because of its own first try, as if
 * another worker had written. So each write puts a mark of its own into the row. Unless the write
 * is confirmed, we read the row again. If the row has the mark, the write succeeded. The next write
 * to the row removes the mark.
 */
public final class IdempotentWrites {
  private static final String MARK = "mark";

  private final Rows rows;

  public IdempotentWrites(Rows rows) {
    this.rows = rows;
  }

  /**
   * Writes on condition that the version of the row is still current.
   *
   * @return whether this write succeeded
   * @throws RuntimeException if the write failed and the row does not have the mark
   */
  public boolean write(Row row) {
    String mark = UUID.randomUUID().toString();
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.put(MARK, mark);
    try {
      return rows.write(row.next(row.expires(), fields)) || hasMark(row.key(), mark);
    } catch (RuntimeException e) {
      if (hasMarkAfter(e, row.key(), mark)) {
        return true;
      }
      throw e;
    }
  }

  /** As {@link Rows#update}, but a write whose response was lost counts as written. */
  public Optional<Row> update(RowKey key, Function<Row, Optional<Row>> change) {
    return ReadChangeWrite.run(
            () -> List.of(rows.read(key).orElseGet(() -> Row.absent(key))),
            row -> change.apply(row.get(0)).stream().toList(),
            row -> write(row.get(0)))
        .stream()
        .findFirst();
  }

  private boolean hasMark(RowKey key, String mark) {
    return rows.read(key).flatMap(row -> row.field(MARK)).filter(mark::equals).isPresent();
  }

  private boolean hasMarkAfter(RuntimeException failure, RowKey key, String mark) {
    try {
      return hasMark(key, mark);
    } catch (RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
      return false;
    }
  }
}
