package clinic.scheduling.simulation;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * The table as one process sees it. Sometimes it throttles. Sometimes a write succeeds without a
 * response; then the SDK reports a time-out, or repeats the write and is refused.
 */
final class StoreView implements Rows {
  private static final double THROTTLED_PERCENT = 0.02;
  private static final double UNANSWERED_PERCENT = 0.5;

  private final Run run;
  private final Process process;

  StoreView(Run run, Process process) {
    this.run = run;
    this.process = process;
  }

  @Override
  public Optional<Row> read(RowKey key) {
    return process.effect(
        EffectKind.ROW_READ,
        () -> {
          throttle();
          return run.store.read(key, process.instant());
        });
  }

  @Override
  public RowPage page(String partition, String prefix, String after, int most) {
    return process.effect(
        EffectKind.ROW_READ,
        () -> {
          throttle();
          return run.store.page(partition, prefix, after, most, process.instant());
        });
  }

  @Override
  public boolean write(List<Row> rows) {
    return process.effect(
        EffectKind.ROW_WRITE,
        () -> {
          throttle();
          List<Optional<Row>> before =
              rows.stream().map(row -> run.store.remembered(row.key())).toList();
          if (!run.store.write(rows, process.instant())) {
            return false;
          }
          for (int i = 0; i < rows.size(); i++) {
            written(before.get(i), rows.get(i));
          }
          return answered();
        });
  }

  @Override
  public boolean count(RowKey key, int limit, Instant expires) {
    return process.effect(
        EffectKind.ROW_WRITE,
        () -> {
          throttle();
          boolean counted = run.store.count(key, limit, expires, process.instant());
          if (counted) {
            answered(); // a repeat after a lost answer counts twice, and is not refused
          }
          return counted;
        });
  }

  private void written(Optional<Row> before, Row row) {
    run.result.count(Counter.ROWS_WRITTEN);
    run.canary.scan("a key", row.key().partition());
    run.canary.scan("a key", row.key().sort());
    for (String value : row.fields().values()) {
      run.canary.scan("a row", value);
    }
    run.watch.written(process, before, row);
  }

  private void throttle() {
    if (!run.faults.isClear() && run.random.percent(THROTTLED_PERCENT)) {
      run.result.count(Counter.TABLE_THROTTLED);
      throw ProvisionedThroughputExceededException.builder().message("throttled").build();
    }
  }

  private boolean answered() {
    if (run.faults.isClear() || !run.random.percent(UNANSWERED_PERCENT)) {
      return true;
    }
    run.result.count(Counter.COMMITTED_UNANSWERED);
    if (run.random.percent(50)) {
      throw ApiCallTimeoutException.create(3_000);
    }
    return false;
  }

  static String field(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}
