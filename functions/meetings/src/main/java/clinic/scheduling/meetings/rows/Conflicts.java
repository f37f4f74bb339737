package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The blocks that Canvas refuses. A refused block is reported once, and tried again in later
 * rounds, because the visit at its time may move.
 */
@Singleton
public final class Conflicts {
  private static final String CONFLICT = "conflict#";
  private static final String REPORTED = "reported";
  private static final Duration KEPT = Duration.ofDays(100);
  private static final int MOST = 5_000;

  private final Rows rows;
  private final Clock clock;

  public Conflicts(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * A refused block.
   *
   * @param fingerprint the block as it was wanted
   * @param why {@link #VISIT}, {@link #COVERED}, or the code of a refusal
   */
  public record Conflict(String block, String fingerprint, String why, Instant triedAt) {
    /**
     * Canvas refuses the block: a visit, or something that staff have put there, takes the time.
     */
    public static final String VISIT = "time-taken";

    /** The meeting is at the time of a visit. Canvas has both, unless it refuses the block. */
    public static final String BESIDE_VISIT = "beside-visit";

    /** Other blocks of ours take the whole time, so nothing is missing. */
    public static final String COVERED = "covered";

    static Conflict of(Row row) {
      return new Conflict(
          row.key().sort().substring(CONFLICT.length()),
          row.field("fingerprint").orElse(""),
          row.field("why").orElse(""),
          row.field("triedAt").map(Instants::parse).orElse(Instant.EPOCH));
    }

    /** Whether Canvas allows the block all the same. */
    public boolean isBesideVisit() {
      return why.equals(BESIDE_VISIT);
    }

    /** Whether the clinic has to know. */
    public boolean isReported() {
      return !why.equals(COVERED);
    }
  }

  public List<Conflict> of(String practitioner) {
    return rows
        .readStartingWith(MeetingStore.key(practitioner, "").partition(), CONFLICT, MOST)
        .stream()
        .map(Conflict::of)
        .toList();
  }

  /**
   * Records a refusal.
   *
   * @return whether there was no conflict about this state of the block that the clinic knows of
   */
  public boolean record(String practitioner, String block, String fingerprint, String why) {
    Instant now = clock.instant();
    boolean[] isNew = {false};
    rows.update(
        key(practitioner, block),
        row -> {
          Conflict before = Conflict.of(row);
          // A block on a visit may also be covered for a while; that does not make it news again.
          boolean isKnown =
              before.fingerprint().equals(fingerprint)
                  && (before.isReported() || row.field(REPORTED).isPresent());
          isNew[0] = !isKnown;
          Map<String, String> fields = new HashMap<>();
          fields.put("fingerprint", fingerprint);
          fields.put("why", why);
          fields.put("triedAt", now.toString());
          if (isKnown || !why.equals(Conflict.COVERED)) {
            fields.put(REPORTED, "true");
          }
          return Optional.of(row.next(now.plus(KEPT), fields));
        });
    return isNew[0];
  }

  /** Forgets the refusal of a block that exists now, or is no longer wanted. */
  public void end(String practitioner, String block) {
    rows.read(key(practitioner, block))
        .ifPresent(row -> rows.write(row.next(clock.instant(), row.fields())));
  }

  private static RowKey key(String practitioner, String block) {
    return MeetingStore.key(practitioner, CONFLICT + block);
  }
}
