package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The row about the last round of reading one calendar.
 *
 * @param binding the key of the calendar
 * @param row the row as it was read, or a new row if the calendar was never read
 */
public record RoundRecord(String binding, Row row) {
  private static final String CURSOR = "cursor";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String READ_AT = "readAt";
  private static final String STOPPED = "stopped";

  /** Where the next round begins; empty if it has to be a full round. */
  public Optional<String> cursor() {
    return row.field(CURSOR).filter(it -> !it.isEmpty());
  }

  /** The time whose meetings are stored; empty if the calendar was never read. */
  public Optional<Interval> window() {
    return row.field(FROM)
        .flatMap(
            from ->
                row.field(TO)
                    .flatMap(to -> Interval.between(Instants.parse(from), Instants.parse(to))));
  }

  /** The guard that has stopped the calendar, in one word. */
  public Optional<String> stopped() {
    return row.field(STOPPED).filter(it -> !it.isEmpty());
  }

  /** When the calendar was last read. */
  public Optional<Instant> readAt() {
    return row.field(READ_AT).map(Instants::parse);
  }

  Map<String, String> afterRound(String cursor, Interval window, Instant now) {
    return Map.of(
        CURSOR, cursor,
        FROM, window.start().toString(),
        TO, window.end().toString(),
        READ_AT, now.toString());
  }

  Map<String, String> afterStop(String guard) {
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.put(STOPPED, guard);
    return fields;
  }

  Map<String, String> withStop(Map<String, String> fields, Optional<String> guard) {
    Map<String, String> next = new HashMap<>(fields);
    guard.ifPresent(it -> next.put(STOPPED, it));
    return next;
  }
}
