package clinic.scheduling.core.ledger;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows in memory, as strict as the table: the contract suite runs over both. */
public final class MemoryRows implements Rows {
  private final Map<RowKey, Row> rows = new HashMap<>();
  private final Clock clock;

  public MemoryRows(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Row> read(RowKey key) {
    return Optional.ofNullable(rows.get(key)).filter(this::isAlive);
  }

  @Override
  public synchronized List<Row> readPartition(String partition) {
    return rows.values().stream()
        .filter(row -> row.key().partition().equals(partition) && isAlive(row))
        .toList();
  }

  @Override
  public synchronized boolean write(List<Row> wanted) {
    if (!wanted.stream().allMatch(this::mayBeWritten)) {
      return false;
    }
    wanted.forEach(row -> rows.put(row.key(), row.written()));
    return true;
  }

  /** Everything, for tests that search it for what must not be there. */
  public synchronized String text() {
    return rows.toString();
  }

  public synchronized void clear() {
    rows.clear();
  }

  private boolean mayBeWritten(Row row) {
    Row standing = rows.get(row.key());
    return row.version() == 0
        ? standing == null || !isAlive(standing)
        : standing != null && standing.version() == row.version();
  }

  private boolean isAlive(Row row) {
    return row.expires().isAfter(clock.instant());
  }
}
