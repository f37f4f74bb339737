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
 * Until when everything that was due has been ordered: each step of the cadence for itself, as far
 * as it got, and all of them after a run that was whole. Only saves work: without a mark, the next
 * run looks as far back as a reminder may be late.
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

  /** How far the step is, or all of them. */
  Optional<Instant> read(String step) {
    return Stream.of(rows.read(of(step)), rows.read(ALL))
        .flatMap(Optional::stream)
        .flatMap(row -> until(row).stream())
        .max(Instant::compareTo);
  }

  /** The step is as far as that. */
  void write(String step, Instant until) {
    write(of(step), until);
  }

  /** Everything is as far as that. */
  void write(Instant until) {
    write(ALL, until);
  }

  /** The mark never moves backwards, even if two runs write it at the same time. */
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

  private static RowKey of(String step) {
    return new RowKey(ALL.partition(), ALL.sort() + "#" + step);
  }
}
