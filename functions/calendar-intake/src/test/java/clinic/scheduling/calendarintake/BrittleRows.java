package clinic.scheduling.calendarintake;

import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A table in memory that can be busy, as DynamoDB is, and that counts its reads. */
final class BrittleRows implements Rows {
  private final MemoryRows rows;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean busy;
  private volatile boolean readOnly;
  private volatile Runnable beforeEachRead = () -> {};

  BrittleRows(Clock clock) {
    this.rows = new MemoryRows(clock);
  }

  void busy(boolean now) {
    busy = now;
  }

  void beforeEachRead(Runnable what) {
    beforeEachRead = what;
  }

  void readOnly() {
    readOnly = true;
  }

  int reads() {
    return reads.get();
  }

  String text() {
    return rows.text();
  }

  @Override
  public Optional<Row> read(RowKey key) {
    beforeRead();
    return rows.read(key);
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    beforeRead();
    return rows.page(partition, prefix, after, most);
  }

  @Override
  public boolean write(List<Row> wanted) {
    if (busy || readOnly) {
      throw SdkClientException.create("Unable to reach the table");
    }
    return rows.write(wanted);
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    return rows.count(key, limit, expires);
  }

  private void beforeRead() {
    reads.incrementAndGet();
    beforeEachRead.run();
    if (busy) {
      throw SdkClientException.create("Unable to reach the table");
    }
  }
}
