package clinic.scheduling.upkeep.reminders;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time up to which all due reminders were requested. Each reminder step has its own watermark,
 * and deferred messages count as a step. A complete run also writes one watermark for all steps. If
 * there is no watermark, the next run looks back as far as messages of the step could still be
 * requested.
 */
@Singleton
final class ReminderWatermark {
  private static final RowKey ALL = new RowKey("upkeep#reminders", "ordered-until");
  private static final Duration KEPT = Duration.ofDays(30);

  private final Rows rows;
  private final Clock clock;

  ReminderWatermark(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** The later of two watermarks: that of the step, and that for all steps. */
  Optional<Instant> read(String step) {
    return Stream.of(rows.read(key(step)), rows.read(ALL))
        .flatMap(Optional::stream)
        .flatMap(row -> until(row).stream())
        .max(Instant::compareTo);
  }

  void write(String step, Instant until) {
    write(key(step), until);
  }

  /** Writes the watermark for all steps. */
  void write(Instant until) {
    write(ALL, until);
  }

  /** A watermark never moves back, even if two runs write it at the same time. */
  private void write(RowKey key, Instant until) {
    rows.update(
        key,
        row ->
            until(row).filter(until::isBefore).isPresent()
                ? Optional.empty()
                : Optional.of(
                    row.next(clock.instant().plus(KEPT), Map.of("until", until.toString()))));
  }

  private static Optional<Instant> until(Row row) {
    return row.field("until").map(Instants::parse);
  }

  private static RowKey key(String step) {
    return new RowKey(ALL.partition(), ALL.sort() + "#" + step);
  }
}
