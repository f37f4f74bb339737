package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * If the table does not answer, a notice is queued all the same, because a repeat does less harm
 * than a loss.
 */
class NoTableTest {
  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryQueue<ChangeNotice> queue = new MemoryQueue<>(clock);

  @Test
  void aNoticeIsQueuedThoughTheTableDoesNotAnswer() {
    NoticeDeduplicator deduplicator = new NoticeDeduplicator(new NoTable(), queue, clock);

    deduplicator.queueOnce(ChangeNotice.of("a", "created", "msg-1", clock.instant(), "bk-1"));

    assertThat(queue.sent()).hasSize(1);
  }

  private static final class NoTable implements Rows {
    @Override
    public Optional<Row> read(RowKey key) {
      throw SdkClientException.create("no answer");
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      throw SdkClientException.create("no answer");
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      throw SdkClientException.create("no answer");
    }

    @Override
    public boolean write(List<Row> rows) {
      throw SdkClientException.create("no answer");
    }
  }
}
