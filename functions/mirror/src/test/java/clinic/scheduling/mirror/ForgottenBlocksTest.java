package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.meetings.rows.MeetingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks that are over are forgotten as long as there is time. The rest waits. */
class ForgottenBlocksTest {
  private static final String INGRID = "ingrid";
  private static final int BLOCKS = 450;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T12:00:00Z"));
  private final MortalRows rows = new MortalRows(clock);
  private final MeetingStore store = new MeetingStore(rows, clock);

  @Test
  void allAreForgottenInTime() {
    List<String> blocks = blocks();

    int left = store.forgetBlocks(INGRID, blocks, Deadline.in(Duration.ofMinutes(1), clock));

    assertThat(left).isZero();
    assertThat(store.blocks(INGRID)).isEmpty();
  }

  @Test
  void afterTheDeadlineTheRestIsLeft() {
    List<String> blocks = blocks();

    int left = store.forgetBlocks(INGRID, blocks, Deadline.in(Duration.ofSeconds(1), clock));

    assertThat(left).isEqualTo(BLOCKS);
    assertThat(store.blocks(INGRID)).hasSize(BLOCKS);
  }

  private List<String> blocks() {
    List<String> blocks = IntStream.range(0, BLOCKS).mapToObj(n -> "block" + n).toList();
    Instant expires = clock.instant().plus(Duration.ofDays(9));
    blocks.forEach(
        block -> rows.write(Row.fresh(MeetingStore.blockKey(INGRID, block), expires, Map.of())));
    return blocks;
  }
}
