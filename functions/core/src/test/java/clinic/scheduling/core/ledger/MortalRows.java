package clinic.scheduling.core.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Rows that a test can make unreachable in the middle of some work: after a given number of writes,
 * every write fails.
 */
public class MortalRows implements Rows {
  private static final int NEVER = Integer.MAX_VALUE;

  private final MemoryRows rows;
  private final AtomicInteger writesLeft = new AtomicInteger(NEVER);

  public MortalRows(Clock clock) {
    this.rows = new MemoryRows(clock);
  }

  /** After this many more writes, every write fails. */
  public void loseAfter(int writes) {
    writesLeft.set(writes);
  }

  public void recover() {
    writesLeft.set(NEVER);
  }

  /** Limits the throughput until the rows are cleared; see {@link MemoryTable#limitThroughput}. */
  public void limitThroughput() {
    rows.limitThroughput();
  }

  public void clear() {
    rows.clear();
  }

  public String text() {
    return rows.text();
  }

  @Override
  public Optional<Row> read(RowKey key) {
    return rows.read(key);
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    return rows.page(partition, prefix, after, most);
  }

  @Override
  public boolean write(List<Row> wanted) {
    beforeWrite();
    return rows.write(wanted);
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    beforeWrite();
    return rows.count(key, limit, expires);
  }

  private void beforeWrite() {
    if (writesLeft.get() != NEVER && writesLeft.getAndDecrement() <= 0) {
      throw new IllegalStateException("the table is out of reach");
    }
  }
}
