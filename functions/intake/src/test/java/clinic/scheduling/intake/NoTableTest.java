package clinic.scheduling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import org.junit.jupiter.api.Test;

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
}
