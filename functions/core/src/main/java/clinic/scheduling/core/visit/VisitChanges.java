package clinic.scheduling.core.visit;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the patient was last told about a visit: the row that counts the changes they can see. One
 * worker writes it, the fan-out; the iCalendar {@code SEQUENCE} (RFC 5545 section 3.8.7.4) and the
 * keys of messages are read from it. Kept for 400 days after the last change.
 */
public final class VisitChanges {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String WHAT = "changes";

  private final Rows rows;
  private final Clock clock;

  public VisitChanges(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The last change that the patient can see.
   *
   * @param sequence 0 for the first, rising by one
   * @param fingerprint of everything the patient sees of the visit; a digest, ids only
   * @param sent whether the message about it was ordered, or none was wanted
   * @param at when it was first seen; the epoch where that was not recorded
   */
  public record Told(int sequence, Change change, String fingerprint, boolean sent, Instant at) {

    public Told(int sequence, Change change, String fingerprint, boolean sent) {
      this(sequence, change, fingerprint, sent, Instant.EPOCH);
    }

    /** The name of the message about this change, the same at every repeat. */
    public String messageKey(String root) {
      return root + "#" + sequence;
    }

    public Told afterSending() {
      return new Told(sequence, change, fingerprint, true, at);
    }
  }

  /**
   * @param root the id of the first appointment of the thread
   */
  public Optional<Told> read(String root) {
    return rows.read(key(root)).map(VisitChanges::of);
  }

  /**
   * Replaces what stood.
   *
   * @return false if something else stands than {@code before}: nothing was written
   */
  public boolean write(String root, Optional<Told> before, Told next) {
    Optional<Row> standing = rows.read(key(root));
    if (!standing.map(VisitChanges::of).equals(before)) {
      return false;
    }
    Row fresh = Row.fresh(key(root), clock.instant().plus(KEPT), fields(next));
    return rows.write(standing.map(row -> row.next(fresh.expires(), fresh.fields())).orElse(fresh));
  }

  private static RowKey key(String root) {
    return RowKey.ofVisit(root, WHAT);
  }

  private static Told of(Row row) {
    return new Told(
        Integer.parseInt(row.field("sequence").orElse("0")),
        row.field("change").flatMap(Change::of).orElse(Change.BOOKED),
        row.field("fingerprint").orElse(""),
        Boolean.parseBoolean(row.field("sent").orElse("false")),
        row.field("at").map(Instants::parse).orElse(Instant.EPOCH));
  }

  private static Map<String, String> fields(Told told) {
    return Map.of(
        "sequence", Integer.toString(told.sequence()),
        "change", told.change().word(),
        "fingerprint", told.fingerprint(),
        "sent", Boolean.toString(told.sent()),
        "at", told.at().toString());
  }
}
