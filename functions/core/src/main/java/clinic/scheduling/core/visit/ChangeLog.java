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
 * Stores, for each visit, only the last change that the patient can see, with its number. The
 * fan-out, which reacts to changed appointments, writes the record. A booking or reconciliation may
 * write the first record of a visit; reconciliation does so without a message
 * (docs/decisions/0021). The iCalendar {@code SEQUENCE} (RFC 5545 section 3.8.7.4) and the keys of
 * messages derive from the number. A record is kept for 400 days after it was last written.
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
   * @param sequence the number of the change: 0 for the first one, then rising by one
   * @param fingerprint the fingerprint of everything that the patient sees of the visit, made of
   *     digests
   * @param sent true if the message about the change was requested, or if no message is needed
   * @param at when the change was first seen; the epoch if not recorded
   * @param assumed the fingerprint that we assume the patient knows without a message from us;
   *     empty unless the visit existed before we first saw it
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

    /** The deduplication key of the message about this change. */
    public String messageKey(String root) {
      return root + "#" + sequence;
    }

    public ChangeRecord afterSending() {
      return new ChangeRecord(sequence, change, fingerprint, true, at, assumed);
    }

    /**
     * The record of a visit that existed before we saw it: its patient knows about it, but not from
     * us.
     */
    public static ChangeRecord baseline(String fingerprint) {
      return new ChangeRecord(
          0, Change.BOOKED, fingerprint, true, Instant.EPOCH, Optional.of(fingerprint));
    }

    /** Whether nothing has changed since {@link #baseline}. */
    public boolean isBaseline() {
      return change == Change.BOOKED && assumed.isPresent();
    }

    /**
     * The same change with another fingerprint. The patient sees no difference between the two
     * fingerprints.
     */
    public ChangeRecord withFingerprint(String other) {
      return new ChangeRecord(sequence, change, other, sent, at, assumed);
    }
  }

  /**
   * @param root the id of the first appointment of the visit
   */
  public Optional<ChangeRecord> read(String root) {
    return rows.read(key(root)).map(ChangeLog::of);
  }

  /**
   * Replaces the record.
   *
   * @return false, with nothing written, if the stored record is not {@code before}
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

  private static Map<String, String> fields(ChangeRecord record) {
    Map<String, String> fields = new HashMap<>();
    fields.put("sequence", Integer.toString(record.sequence()));
    fields.put("change", record.change().word());
    fields.put("fingerprint", record.fingerprint());
    fields.put("sent", Boolean.toString(record.sent()));
    fields.put("at", record.at().toString());
    record.assumed().ifPresent(view -> fields.put("assumed", view));
    return fields;
  }
}
