package clinic.scheduling.core.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes whose success is known even if their answer was lost. A client that repeats a conditional
 * write after a lost answer is refused by its own first try, which looks as if another worker had
 * been there. So each write leaves a mark of its own in the row, and after anything but a yes the
 * row is read again: a row with the mark is ours. Whoever writes the row next wipes the mark.
 */
public final class IdempotentWrites {
  private static final String MARK = "mark";

  private final Rows rows;

  public IdempotentWrites(Rows rows) {
    this.rows = rows;
  }

  /**
   * Writes on condition that the version of the row still stands.
   *
   * @return whether the row stands as written, by this write
   * @throws RuntimeException if the table failed and the write is not to be seen there
   */
  public boolean write(Row row) {
    String mark = UUID.randomUUID().toString();
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.put(MARK, mark);
    try {
      return rows.write(row.next(row.expires(), fields)) || stands(row.key(), mark);
    } catch (RuntimeException e) {
      if (standsAfter(e, row.key(), mark)) {
        return true;
      }
      throw e;
    }
  }

  /** As {@link Rows#update}, where a write whose answer was lost counts as written. */
  public Optional<Row> update(RowKey key, Function<Row, Optional<Row>> change) {
    return ReadChangeWrite.run(
            () -> List.of(rows.read(key).orElseGet(() -> Row.absent(key))),
            row -> change.apply(row.get(0)).stream().toList(),
            row -> write(row.get(0)))
        .stream()
        .findFirst();
  }

  private boolean stands(RowKey key, String mark) {
    return rows.read(key).flatMap(row -> row.field(MARK)).filter(mark::equals).isPresent();
  }

  private boolean standsAfter(RuntimeException failure, RowKey key, String mark) {
    try {
      return stands(key, mark);
    } catch (RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
      return false;
    }
  }
}
