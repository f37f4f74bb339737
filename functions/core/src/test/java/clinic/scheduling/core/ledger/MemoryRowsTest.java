package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
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
  void whatIsTooMuchForOneBatchIsLeftUnreadAndAskedForAgain() {
    MemoryTable table = new MemoryTable();
    MemoryRows unlimited = new MemoryRows(clock);
    List<RowKey> keys = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Row large = row("large-" + i, Map.of("x", "x".repeat(399_000)));
      keys.add(large.key());
      table.write(List.of(large), clock.instant());
      unlimited.write(large);
    }

    MemoryTable.Batch first = table.batch(keys, clock.instant());

    assertThat(first.rows()).hasSize(42);
    assertThat(first.unread()).isEqualTo(keys.subList(42, 60));
    assertThat(unlimited.readAll(keys)).hasSize(60);
  }

  @Test
  void aBatchIsAHundredKeysAndEachOnce() {
    MemoryTable table = new MemoryTable();
    List<RowKey> keys =
        IntStream.range(0, 101).mapToObj(i -> row("row-" + i, Map.of()).key()).toList();

    assertThatThrownBy(() -> table.batch(keys, clock.instant()))
        .isInstanceOf(DynamoDbException.class);
    assertThatThrownBy(() -> table.batch(List.of(keys.get(0), keys.get(0)), clock.instant()))
        .isInstanceOf(DynamoDbException.class);
    assertThat(table.batch(keys.subList(0, 100), clock.instant()).unread()).isEmpty();
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
