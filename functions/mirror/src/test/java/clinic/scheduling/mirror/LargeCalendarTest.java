package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A calendar with a thousand instances is mirrored over several invocations. */
@QuarkusTest
class LargeCalendarTest extends MirrorCase {
  private static final int SERIES = 2;
  private static final int INSTANCES = 500;
  private static final int REFUSED = 80;
  private static final Duration TICK = Duration.ofMillis(30);
  private static final Duration SLOW = Duration.ofMillis(150);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_INVOCATIONS = 40;

  @Test
  void aThousandInstancesNeedSeveralInvocationsAndThenNone() {
    IntStream.range(0, SERIES)
        .forEach(series -> IntStream.range(0, INSTANCES).forEach(n -> put(series, n)));
    function = onATickingClock(TICK);

    int invocations = 0;
    do {
      changes.clear();
      assertThat(deliver(Provider.OUTLOOK)).isEmpty();
      invocations++;
    } while (!changes.sent().isEmpty() && invocations < MOST_INVOCATIONS);

    assertThat(blocks()).hasSize(SERIES * INSTANCES);
    assertThat(blocks().stream().map(one -> one.name().block()).distinct())
        .hasSize(SERIES * INSTANCES);
    assertThat(invocations).isBetween(3, MOST_INVOCATIONS - 1);
    assertThat(outlook.fullRounds()).isEqualTo(1);
    assertThat(log.errors()).isEmpty();
  }

  /** There is time for some tries in each invocation only, and each refused block is tried. */
  @Test
  void refusedBlocksKeepNoOthersWaiting() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, false);
    for (int n = 0; n < REFUSED; n++) {
      put(0, n);
      Visits.book(canvas, time(0, n));
    }
    put(0, REFUSED);
    function = onATickingClock(SLOW);

    int invocations = 0;
    long before = 0;
    boolean isOver;
    do {
      changes.clear();
      isOver = deliver(Provider.OUTLOOK).isEmpty() && changes.sent().isEmpty();
      clock.move(PAUSE);
      invocations++;
      assertThat(refusals()).as("after %d invocations", invocations).isGreaterThan(before);
      before = refusals();
    } while (!isOver && invocations < MOST_INVOCATIONS);

    assertThat(times()).containsExactly(time(0, REFUSED));
    assertThat(refusals()).isEqualTo(REFUSED);
    assertThat(invocations).isBetween(2, MOST_INVOCATIONS - 1);
    assertThat(log.errors()).isEmpty();
  }

  private long refusals() {
    return new Conflicts(rows, clock)
        .of(INGRID).stream().filter(Conflicts.Conflict::isRefusal).count();
  }

  private void put(int series, int number) {
    outlook.put(MAILBOX, instance("s" + series, number, time(series, number)));
  }

  private static Interval time(int series, int number) {
    Instant start = day(1).plus(Duration.ofMinutes(120L * number + 60L * series));
    return Interval.of(start, Duration.ofMinutes(30));
  }

  private MirrorMeetings onATickingClock(Duration tick) {
    Clock ticking = new TickingClock(clock, tick);
    return new SimulatedMirror(
            rows,
            changes,
            postponed,
            "http://127.0.0.1/changes",
            practice,
            system,
            tokens,
            mapper,
            ticking,
            TIMEOUT,
            (int) LEASE.toSeconds())
        .on(
            canvas,
            SimulatedRounds.on(rows, List.of(outlook, google), clock, (int) LEASE.toSeconds()));
  }

  /** Time passes whenever somebody looks at the clock. */
  private static final class TickingClock extends Clock {
    private final clinic.scheduling.core.MovableClock clock;
    private final Duration tick;

    TickingClock(clinic.scheduling.core.MovableClock clock, Duration tick) {
      this.clock = clock;
      this.tick = tick;
    }

    @Override
    public Instant instant() {
      clock.move(tick);
      return clock.instant();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }
}
