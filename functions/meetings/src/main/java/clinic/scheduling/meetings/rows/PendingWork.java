package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
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
  private static final String PENDING = "pending";
  private static final String RULES = "rules";
  private static final String HELD = "held";

  private final Rows rows;
  private final Clock clock;

  public PendingWork(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Records that the blocks may differ from the meetings. */
  public void begin(String practitioner) {
    write(practitioner, Map.of(PENDING, "true"));
  }

  /**
   * Records that the blocks are those of the stored meetings.
   *
   * @param rules the rules by which the blocks follow from the meetings, in any form
   */
  public void end(String practitioner, String rules) {
    write(practitioner, Map.of(PENDING, "", RULES, rules, HELD, ""));
  }

  /** Whether the blocks are those of the stored meetings by these rules. */
  public boolean isDone(String practitioner, String rules) {
    return rows.read(key(practitioner))
        .filter(row -> row.field(PENDING).filter(it -> !it.isEmpty()).isEmpty())
        .flatMap(row -> row.field(RULES))
        .equals(Optional.of(rules));
  }

  /** The rules by which the blocks were last brought in line with the meetings. */
  public Optional<String> lastRules(String practitioner) {
    return rows.read(key(practitioner)).flatMap(row -> row.field(RULES));
  }

  /**
   * Records that a guard keeps the blocks as they are by the last rules.
   *
   * @return whether it was not recorded for these rules before
   */
  public boolean hold(String practitioner, String rules) {
    boolean isNew =
        rows.read(key(practitioner))
            .flatMap(row -> row.field(HELD))
            .filter(rules::equals)
            .isEmpty();
    write(practitioner, Map.of(HELD, rules));
    return isNew;
  }

  private void write(String practitioner, Map<String, String> changed) {
    Instant now = clock.instant();
    rows.update(
        key(practitioner),
        row -> {
          Map<String, String> fields = new HashMap<>(row.fields());
          fields.putAll(changed);
          boolean isFresh = row.expires().isAfter(now.plus(MeetingStore.KEPT.dividedBy(2)));
          return fields.equals(row.fields()) && isFresh
              ? Optional.empty()
              : Optional.of(row.next(now.plus(MeetingStore.KEPT), fields));
        });
  }

  private static RowKey key(String practitioner) {
    return MeetingStore.key(practitioner, ROW);
  }
}
