package clinic.scheduling.core.ledger;

import clinic.scheduling.core.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows in memory, as strict as DynamoDB. The same contract tests run with both. */
public final class MemoryRows implements Rows {
  private static final int BATCH = 100;
  private static final int BATCH_TRIES = 5;

  private final MemoryTable table = new MemoryTable();
  private final Clock clock;

  public MemoryRows(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Row> read(RowKey key) {
    return table.read(key, clock.instant());
  }

  /**
   * If rows were left unread, they are requested again, up to five times in all, as in {@link
   * DynamoRows}.
   */
  @Override
  public List<Row> readAll(Collection<RowKey> keys) {
    List<RowKey> wanted = keys.stream().distinct().toList();
    List<Row> found = new ArrayList<>();
    for (int from = 0; from < wanted.size(); from += BATCH) {
      List<RowKey> rest = wanted.subList(from, Math.min(from + BATCH, wanted.size()));
      for (int attempt = 0; attempt < BATCH_TRIES && !rest.isEmpty(); attempt++) {
        MemoryTable.Batch batch = table.batch(rest, clock.instant());
        found.addAll(batch.rows());
        rest = batch.unread();
      }
      if (!rest.isEmpty()) {
        throw new UnavailableException("table", Duration.ofSeconds(1));
      }
    }
    return found;
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    return table.page(partition, prefix, after, most, clock.instant());
  }

  @Override
  public boolean write(List<Row> rows) {
    return table.write(rows, clock.instant());
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    return table.count(key, limit, expires, clock.instant());
  }

  /** Limits the throughput until the rows are cleared; see {@link MemoryTable#limitThroughput}. */
  public void limitThroughput() {
    table.limitThroughput();
  }

  /** All rows as one text, in which tests search for what must not be in the table. */
  public String text() {
    Map<RowKey, Row> all = new LinkedHashMap<>();
    table.all().forEach(row -> all.put(row.key(), row));
    return all.toString();
  }

  public void clear() {
    table.clear();
  }
}
