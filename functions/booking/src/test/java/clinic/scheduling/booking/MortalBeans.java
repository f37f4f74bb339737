package clinic.scheduling.booking;

import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.VerificationMessage;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table and the queue of a process that can be killed. */
@Singleton
final class MortalBeans {

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  Rows rows(MortalRows rows, Mortality life, TablePace pace, RowTraffic traffic) {
    return new RowsOfTheLiving(rows, life, pace, traffic);
  }

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  Queue<ChangeNotice> changes(MemoryQueue<ChangeNotice> queue, Mortality life, TablePace pace) {
    return new QueueOfTheLiving<>(queue, life, pace);
  }

  @Produces
  @Alternative
  @Priority(2)
  @Singleton
  Queue<VerificationMessage> codes(
      MemoryQueue<VerificationMessage> queue, Mortality life, TablePace pace) {
    return new QueueOfTheLiving<>(queue, life, pace);
  }

  private record RowsOfTheLiving(Rows rows, Mortality life, TablePace pace, RowTraffic traffic)
      implements Rows {
    @Override
    public Optional<Row> read(RowKey key) {
      life.breathe();
      pace.arriving(key);
      traffic.reads(key);
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      life.breathe();
      pace.arriving();
      return rows.page(partition, prefix, after, most);
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      life.before();
      pace.arriving();
      traffic.counts(key);
      boolean counted = rows.count(key, limit, expires);
      life.afterCounting();
      return counted;
    }

    @Override
    public boolean write(List<Row> wanted) {
      life.before();
      pace.arriving(wanted);
      traffic.writes(wanted);
      boolean written = rows.write(wanted);
      if (wanted.stream().allMatch(row -> row.key().partition().startsWith("limit#"))) {
        life.afterCounting();
      } else {
        life.after();
      }
      return written;
    }
  }

  private record QueueOfTheLiving<T>(Queue<T> queue, Mortality life, TablePace pace)
      implements Queue<T> {
    @Override
    public void send(T message, Duration delay) {
      life.before();
      pace.arriving();
      queue.send(message, delay);
      life.after();
      life.announced();
    }
  }
}
