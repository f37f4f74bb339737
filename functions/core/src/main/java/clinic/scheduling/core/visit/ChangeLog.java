package clinic.scheduling.core.visit;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.Change;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the patient was last told about a visit: the row that counts the changes they can see. The
 * fan-out counts them; the first row may also be the promise of a booking, or be written in silence
 * by reconciliation ({@code docs/decisions/0021}). The iCalendar {@code SEQUENCE} (RFC 5545 section
 * 3.8.7.4) and the keys of messages are read from it. Kept for 400 days after the last change.
 */
public final class ChangeLog {
  private static final Duration KEPT = Duration.ofDays(400);
  private static final String WHAT = "changes";

  private final Rows rows;
  private final Clock clock;

  public ChangeLog(Rows rows, Clock clock) {
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
   * @param assumed what the patient knows although no message of ours has said so: how the visit
   *     stood when it was first seen, of one that is older than what we know
   */
  public record ChangeRecord(
      int sequence,
      Change change,
      String fingerprint,
      boolean sent,
      Instant at,
      Optional<String> assumed) {

    public ChangeRecord(int sequence, Change change, String fingerprint, boolean sent, Instant at) {
      this(sequence, change, fingerprint, sent, at, Optional.empty());
    }

    public ChangeRecord(int sequence, Change change, String fingerprint, boolean sent) {
      this(sequence, change, fingerprint, sent, Instant.EPOCH);
    }

    /** The name of the message about this change, the same at every repeat. */
    public String messageKey(String root) {
      return root + "#" + sequence;
    }

    public ChangeRecord afterSending() {
      return new ChangeRecord(sequence, change, fingerprint, true, at, assumed);
    }

    /** A visit that was there before us: its patient knows of it, and not from us. */
    public static ChangeRecord baseline(String fingerprint) {
      return new ChangeRecord(
          0, Change.BOOKED, fingerprint, true, Instant.EPOCH, Optional.of(fingerprint));
    }

    /** Whether nothing has changed since {@link #baseline}. */
    public boolean isBaseline() {
      return change == Change.BOOKED && assumed.isPresent();
    }

    /** The same, where the fingerprint has changed and nothing that the patient sees. */
    public ChangeRecord seenAs(String other) {
      return new ChangeRecord(sequence, change, other, sent, at, assumed);
    }
  }

  /**
   * @param root the id of the first appointment of the thread
   */
  public Optional<ChangeRecord> read(String root) {
    return rows.read(key(root)).map(ChangeLog::of);
  }

  /**
   * Replaces what stood.
   *
   * @return false if something else stands than {@code before}: nothing was written
   */
  public boolean write(String root, Optional<ChangeRecord> before, ChangeRecord next) {
    return rows.update(
            key(root),
            row -> {
              Optional<ChangeRecord> found = row.isNew() ? Optional.empty() : Optional.of(of(row));
              return found.equals(before)
                  ? Optional.of(row.next(clock.instant().plus(KEPT), fields(next)))
                  : Optional.empty();
            })
        .isPresent();
  }

  private static RowKey key(String root) {
    return RowKey.ofVisit(root, WHAT);
  }

  private static ChangeRecord of(Row row) {
    return new ChangeRecord(
        Integer.parseInt(row.field("sequence").orElse("0")),
        row.field("change").flatMap(Change::of).orElse(Change.BOOKED),
        row.field("fingerprint").orElse(""),
        Boolean.parseBoolean(row.field("sent").orElse("false")),
        row.field("at").map(Instants::parse).orElse(Instant.EPOCH),
        row.field("assumed"));
  }

  private static Map<String, String> fields(ChangeRecord told) {
    Map<String, String> fields = new HashMap<>();
    fields.put("sequence", Integer.toString(told.sequence()));
    fields.put("change", told.change().word());
    fields.put("fingerprint", told.fingerprint());
    fields.put("sent", Boolean.toString(told.sent()));
    fields.put("at", told.at().toString());
    told.assumed().ifPresent(view -> fields.put("assumed", view));
    return fields;
  }
}
