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
import java.util.Set;

/**
 * The blocks with which something is wrong: Canvas refuses them, they stand on a visit, or they
 * cannot be cancelled. Each is reported once, and tried again in later rounds, because the visit at
 * its time may move.
 */
@Singleton
public final class Conflicts {
  private static final String CONFLICT = "conflict#";
  private static final String REPORTED = "reported";
  private static final String UNRESERVED = "unreserved";
  private static final Duration KEPT = Duration.ofDays(100);

  /** A row is written for every block before the block is. */
  private static final int MOST = MeetingStore.MOST_BLOCKS;

  private final Rows rows;
  private final Clock clock;

  public Conflicts(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * What is wrong with a block, or what nobody has looked at yet.
   *
   * @param fingerprint the block as it was wanted, or its removal
   * @param why one of the constants, or the code of a refusal
   * @param triedAt when the block was last tried
   * @param wasReported whether the clinic knows of this state of the block
   * @param isReserved false if the time of a refused block has still to be reserved
   */
  public record Conflict(
      String block,
      String fingerprint,
      String why,
      Instant triedAt,
      boolean wasReported,
      boolean isReserved) {
    /**
     * Canvas refuses the block: a visit, or something that staff have put there, takes the time.
     */
    public static final String VISIT = "time-taken";

    /** The meeting is at the time of a visit. Canvas has both. */
    public static final String BESIDE_VISIT = "beside-visit";

    /** Other blocks of ours take the whole time, so nothing is missing. */
    public static final String COVERED = "covered";

    /** The block is about to be written, or was. Whether it stands on a visit is not known yet. */
    public static final String UNCHECKED = "unchecked";

    /** The meeting has gone, and the block cannot be cancelled. */
    public static final String NOT_CANCELLED = "not-cancelled";

    private static final Set<String> QUIET = Set.of(COVERED, UNCHECKED);
    private static final Set<String> WRITTEN = Set.of(BESIDE_VISIT, UNCHECKED, NOT_CANCELLED);

    static Conflict of(Row row) {
      String why = row.field("why").orElse("");
      return new Conflict(
          row.key().sort().substring(CONFLICT.length()),
          row.field("fingerprint").orElse(""),
          why,
          row.field("triedAt").map(Instants::parse).orElse(Instant.EPOCH),
          row.field(REPORTED).isPresent() || !QUIET.contains(why),
          row.field(UNRESERVED).isEmpty());
    }

    /** A block that nobody has looked at yet. */
    public static Conflict unchecked(String block, String fingerprint) {
      return new Conflict(block, fingerprint, UNCHECKED, Instant.EPOCH, false, true);
    }

    /** Whether Canvas allows the block all the same. */
    public boolean isBesideVisit() {
      return why.equals(BESIDE_VISIT);
    }

    /** Whether nothing is missing although Canvas refuses the block. */
    public boolean isCovered() {
      return why.equals(COVERED);
    }

    public boolean isNotCancelled() {
      return why.equals(NOT_CANCELLED);
    }

    /** Whether Canvas refuses the block as it is wanted. */
    public boolean isRefusal() {
      return !WRITTEN.contains(why);
    }

    /** Whether the clinic has to know. */
    public boolean isReported() {
      return !QUIET.contains(why);
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
   * Records what is wrong with a block.
   *
   * @return whether there was no conflict about this state of the block that the clinic knows of
   */
  public boolean record(
      String practitioner, String block, String fingerprint, String why, Instant triedAt) {
    return record(practitioner, new Conflict(block, fingerprint, why, triedAt, false, true));
  }

  /** As {@link #record}, for a refused block whose time has still to be reserved. */
  public boolean recordUnreserved(
      String practitioner, String block, String fingerprint, String why, Instant triedAt) {
    return record(practitioner, new Conflict(block, fingerprint, why, triedAt, false, false));
  }

  private boolean record(String practitioner, Conflict now) {
    boolean[] isNew = {false};
    rows.update(
        key(practitioner, now.block()),
        row -> {
          Conflict before = Conflict.of(row);
          // A block on a visit may be covered or unchecked for a while. It is no news afterwards.
          boolean isKnown =
              !row.isNew()
                  && before.fingerprint().equals(now.fingerprint())
                  && before.wasReported();
          isNew[0] = !isKnown;
          Map<String, String> fields = new HashMap<>();
          fields.put("fingerprint", now.fingerprint());
          fields.put("why", now.why());
          fields.put("triedAt", now.triedAt().toString());
          if (isKnown || now.isReported()) {
            fields.put(REPORTED, "true");
          }
          if (!now.isReserved()) {
            fields.put(UNRESERVED, "true");
          }
          return Optional.of(row.next(clock.instant().plus(KEPT), fields));
        });
    return isNew[0];
  }

  /** Forgets what was wrong with blocks that are as wanted now, or are no longer wanted. */
  public void end(String practitioner, List<String> blocks) {
    for (int from = 0; from < blocks.size(); from += Rows.MAX_ROWS_PER_WRITE) {
      List<RowKey> keys =
          blocks.subList(from, Math.min(from + Rows.MAX_ROWS_PER_WRITE, blocks.size())).stream()
              .map(block -> key(practitioner, block))
              .toList();
      List<Row> found = rows.readAll(keys);
      Instant now = clock.instant();
      if (!found.isEmpty()) {
        // If another worker has written one of them meanwhile, the next run ends them.
        rows.write(found.stream().map(row -> row.next(now, row.fields())).toList());
      }
    }
  }

  private static RowKey key(String practitioner, String block) {
    return MeetingStore.key(practitioner, CONFLICT + block);
  }
}
