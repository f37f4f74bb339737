package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.PendingWork;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the rows of one clinician remember from one invocation to the next. */
class MeetingRowsTest {
  private static final String INGRID = "ingrid";
  private static final int MANY = 5_001;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-12-01T12:00:00Z"));
  private final MortalRows rows = new MortalRows(clock);

  @Test
  void whatGoesUpAndDownIsNoProgress() {
    PendingWork pending = new PendingWork(rows, clock);

    assertThat(pending.leave(INGRID, 1_800, true)).isZero();
    assertThat(pending.leave(INGRID, 1_795, false)).isZero();
    assertThat(pending.leave(INGRID, 1_801, false)).isEqualTo(1);
    assertThat(pending.leave(INGRID, 1_797, false)).isEqualTo(2);
    assertThat(pending.leave(INGRID, 1_794, false)).isZero();
  }

  @Test
  void moreWorkIsNoStallAsLongAsSomeIsDone() {
    PendingWork pending = new PendingWork(rows, clock);

    pending.leave(INGRID, 100, true);
    assertThat(pending.leave(INGRID, 1_900, true)).isZero();
    assertThat(pending.leave(INGRID, 1_800, false)).isZero();
  }

  @Test
  void everyBlockMayHaveAConflict() {
    Conflicts conflicts = new Conflicts(rows, clock);
    IntStream.range(0, MANY)
        .forEach(
            n ->
                conflicts.record(
                    INGRID, "block" + n, "as wanted", Conflicts.Conflict.VISIT, clock.instant()));

    assertThat(conflicts.of(INGRID)).hasSize(MANY);
  }
}
