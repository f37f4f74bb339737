package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a clinician's blocks may differ from the meetings that are stored. If they do not, and no
 * round has brought a change, nothing is read but the calendars. It is recorded before anything
 * else is stored, so a worker that dies leaves it behind.
 */
@Singleton
public final class PendingWork {
  private static final String ROW = "plan";
  private static final String RULES = "rules";

  private final Rows rows;
  private final Clock clock;

  public PendingWork(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Records that the blocks may differ from the meetings. */
  public void begin(String practitioner) {
    write(practitioner, "");
  }

  /**
   * Records that the blocks are those of the stored meetings.
   *
   * @param rules a digest of the rules by which the blocks follow from the meetings
   */
  public void end(String practitioner, String rules) {
    write(practitioner, rules);
  }

  /** Whether the blocks are those of the stored meetings by these rules. */
  public boolean isDone(String practitioner, String rules) {
    return rows.read(key(practitioner)).flatMap(row -> row.field(RULES)).equals(Optional.of(rules));
  }

  private void write(String practitioner, String rules) {
    rows.update(
        key(practitioner),
        row ->
            row.field(RULES).equals(Optional.of(rules))
                    && row.expires().isAfter(clock.instant().plus(MeetingStore.KEPT.dividedBy(2)))
                ? Optional.empty()
                : Optional.of(
                    row.next(clock.instant().plus(MeetingStore.KEPT), Map.of(RULES, rules))));
  }

  private static RowKey key(String practitioner) {
    return MeetingStore.key(practitioner, ROW);
  }
}
