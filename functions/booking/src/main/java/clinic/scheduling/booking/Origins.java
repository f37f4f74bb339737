package clinic.scheduling.booking;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where a visit was before a move. Canvas forgets it with the move, and a repeat after a crash has
 * to free that time, or to go back there.
 */
@Singleton
class Origins {
  private static final Duration KEPT = Duration.ofDays(2);

  private final Rows rows;
  private final Clock clock;

  Origins(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** A time of a clinician at a place, by their Canvas ids. */
  record Origin(Interval time, String practitioner, String location) {
    static Origin of(VisitThread thread) {
      return new Origin(
          AppointmentAnswer.timeOf(thread),
          thread.current().practitioner().orElse(""),
          thread.current().location().orElse(""));
    }
  }

  /** Remembers where the visit is now, in place of what was remembered of this move before. */
  void remember(RowKey move, VisitThread thread) {
    Origin origin = Origin.of(thread);
    if (!find(move).equals(Optional.of(origin))) {
      Instant expires = clock.instant().plus(KEPT);
      RowKey key = key(move);
      Row row = rows.read(key).orElseGet(() -> Row.fresh(key, expires, Map.of()));
      rows.write(row.next(expires, fields(origin)));
    }
  }

  /** Empty if the visit has been where it is since before the move was asked for. */
  Optional<Origin> find(RowKey move) {
    return rows.read(key(move)).map(Row::fields).map(Origins::origin);
  }

  private static RowKey key(RowKey move) {
    return new RowKey(move.partition(), move.sort() + "#origin");
  }

  private static Map<String, String> fields(Origin origin) {
    return Map.of(
        "start", origin.time().start().toString(),
        "end", origin.time().end().toString(),
        "practitioner", origin.practitioner(),
        "location", origin.location());
  }

  private static Origin origin(Map<String, String> fields) {
    return new Origin(
        new Interval(
            Instants.parse(fields.getOrDefault("start", "")),
            Instants.parse(fields.getOrDefault("end", ""))),
        fields.getOrDefault("practitioner", ""),
        fields.getOrDefault("location", ""));
  }
}
