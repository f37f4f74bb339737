package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

class MemoryRowsTest extends RowsContract {
  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);

  MemoryRowsTest() {
    rows.limitThroughput();
  }

  @Override
  protected Rows rows() {
    return rows;
  }

  @Override
  protected Clock clock() {
    return clock;
  }

  @Override
  protected void pass(Duration time) {
    clock.move(time);
  }

  @Test
  void aPartitionTakesSoManyWritesASecond() {
    for (int i = 0; i < 1_000; i++) {
      rows.write(row("row-" + i, Map.of()));
    }

    assertThatThrownBy(() -> rows.write(row("one-more", Map.of())))
        .isInstanceOf(ProvisionedThroughputExceededException.class);

    pass(Duration.ofSeconds(1));
    assertThat(rows.write(row("one-more", Map.of()))).isTrue();
  }

  @Test
  void aPartitionTakesSoManyReadsASecond() {
    RowKey key = row("large", Map.of()).key();
    rows.write(row("large", Map.of("x", "x".repeat(399_000))));
    for (int i = 0; i < 30; i++) {
      assertThat(rows.read(key)).isPresent();
    }

    assertThatThrownBy(() -> rows.read(key))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
  }

  @Test
  void aCountThatTheTableRefusesIsNotCounted() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(rows.count(row("count", Map.of()).key(), 9_999, soon())).isTrue();
    }

    assertThatThrownBy(() -> rows.count(row("count", Map.of()).key(), 9_999, soon()))
        .isInstanceOf(CountRefusedException.class);
  }
}
