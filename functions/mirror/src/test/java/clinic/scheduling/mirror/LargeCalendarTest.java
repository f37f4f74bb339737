package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
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
  private static final int MOST_INVOCATIONS = 40;

  @Test
  void aThousandInstancesNeedSeveralInvocationsAndThenNone() {
    IntStream.range(0, SERIES)
        .forEach(series -> IntStream.range(0, INSTANCES).forEach(n -> put(series, n)));
    function = onATickingClock();

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

  private void put(int series, int number) {
    Instant start = day(0).plus(Duration.ofMinutes(120L * number + 60L * series));
    outlook.put(
        MAILBOX, instance("s" + series, number, Interval.of(start, Duration.ofMinutes(30))));
  }

  private MirrorMeetings onATickingClock() {
    Clock ticking = new TickingClock(clock);
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
    private static final Duration TICK = Duration.ofMillis(30);
    private final clinic.scheduling.core.MovableClock clock;

    TickingClock(clinic.scheduling.core.MovableClock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      clock.move(TICK);
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
