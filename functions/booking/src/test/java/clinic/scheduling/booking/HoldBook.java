package clinic.scheduling.booking;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.Rows;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The holds in the table that are in force at one moment. */
final class HoldBook {
  private HoldBook() {}

  /** One hold; a visit that touches two UTC days has two equal ones. */
  record Held(String practitioner, String owner, Interval time, Instant until) {
    Place place() {
      return new Place(practitioner, time);
    }
  }

  /** A time of a clinician. */
  record Place(String practitioner, Interval time) {}

  static List<Held> at(Instant now, Rows rows) {
    return Stream.of(Desk.INGRID, Offers.OMAR)
        .flatMap(who -> of(who, rows))
        .filter(held -> held.until().isAfter(now))
        .distinct()
        .toList();
  }

  private static Stream<Held> of(String practitioner, Rows rows) {
    return rows.readStartingWith("hold#" + practitioner, "", Rows.PAGE).stream()
        .filter(row -> row.key().sort().matches("[0-9-]+"))
        .flatMap(row -> of(practitioner, row));
  }

  private static Stream<Held> of(String practitioner, Row row) {
    return row.fields().entrySet().stream()
        .map(field -> held(practitioner, field.getKey(), field.getValue().split(" ", -1)));
  }

  private static Held held(String practitioner, String owner, String[] parts) {
    Interval time = new Interval(Instant.parse(parts[0]), Instant.parse(parts[1]));
    return new Held(practitioner, owner, time, Instant.parse(parts[2]));
  }
}
