package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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
  private static final String LEFT = "left";
  private static final String STALLS = "stalls";

  private final Rows rows;
  private final Clock clock;

  public PendingWork(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Records that the blocks may differ from the meetings.
   *
   * @return what {@link #end} needs to know
   */
  public Begun begin(String practitioner) {
    return new Begun(
        rows.update(
                key(practitioner),
                row -> Optional.of(row.next(expires(), with(row, Map.of(PENDING, "true")))))
            .orElseThrow()
            .version());
  }

  /**
   * One call of {@link #begin}.
   *
   * @param version the version of the row afterwards
   */
  public record Begun(long version) {}

  /**
   * Records that the blocks follow these rules from now on. It is recorded before the first block
   * changes, so that no later invocation asks again whether the rules may take blocks away.
   *
   * @return what {@link #end} needs to know from now on
   */
  public Begun follow(String practitioner, String rules, Begun begun) {
    AtomicBoolean isLast = new AtomicBoolean();
    Row written =
        rows.update(
                key(practitioner),
                row -> {
                  isLast.set(row.version() == begun.version());
                  return Optional.of(
                      row.next(expires(), with(row, Map.of(RULES, rules, HELD, ""))));
                })
            .orElseThrow();
    return isLast.get() ? new Begun(written.version()) : begun;
  }

  /**
   * Records that the blocks are those of the stored meetings, unless somebody has recorded
   * meanwhile that they may differ.
   *
   * @param rules the rules by which the blocks follow from the meetings, in any form
   * @param begun the last call before the meetings and the rows of the blocks were read
   */
  public void end(String practitioner, String rules, Begun begun) {
    rows.update(
        key(practitioner),
        row ->
            row.version() == begun.version()
                ? Optional.of(
                    row.next(
                        expires(),
                        with(
                            row,
                            Map.of(PENDING, "", RULES, rules, HELD, "", LEFT, "", STALLS, ""))))
                : Optional.empty());
  }

  /**
   * Records how much an invocation has left to the next one. To leave less than the invocation
   * before is no progress if an earlier one has left as little: how much there is time for varies.
   *
   * @param left how many effects are left
   * @param hasDone whether it has carried out at least one
   * @return how many invocations in a row have made no progress; 0 if this one has
   */
  public int leave(String practitioner, int left, boolean hasDone) {
    int[] stalls = {0};
    rows.update(
        key(practitioner),
        row -> {
          int least = number(row, LEFT).orElse(0);
          boolean isProgress = hasDone || left < least;
          stalls[0] = isProgress ? 0 : number(row, STALLS).orElse(0) + 1;
          Map<String, String> changed =
              Map.of(
                  LEFT,
                  Integer.toString(isProgress || least == 0 ? left : least),
                  STALLS,
                  Integer.toString(stalls[0]));
          Map<String, String> fields = with(row, changed);
          return fields.equals(row.fields())
              ? Optional.empty()
              : Optional.of(row.next(expires(), fields));
        });
    return stalls[0];
  }

  private static Optional<Integer> number(Row row, String field) {
    return row.field(field).filter(it -> !it.isEmpty()).map(Integer::valueOf);
  }

  /** Whether the blocks are those of the stored meetings by these rules. */
  public boolean isDone(String practitioner, String rules) {
    return rows.read(key(practitioner))
        .filter(row -> row.field(PENDING).filter(it -> !it.isEmpty()).isEmpty())
        .flatMap(row -> row.field(RULES))
        .equals(Optional.of(rules));
  }

  /** The rules that the blocks follow; empty before the first plan. */
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
    if (isNew) {
      rows.update(
          key(practitioner),
          row -> Optional.of(row.next(expires(), with(row, Map.of(HELD, rules)))));
    }
    return isNew;
  }

  private Instant expires() {
    return clock.instant().plus(MeetingStore.KEPT);
  }

  private static Map<String, String> with(Row row, Map<String, String> changed) {
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.putAll(changed);
    return fields;
  }

  private static RowKey key(String practitioner) {
    return MeetingStore.key(practitioner, ROW);
  }
}
