package clinic.scheduling.calendars.effect;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.MailboxPauses;
import clinic.scheduling.calendars.effect.MailboxLimiter.PermitResult;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Processes share the permits of a mailbox through the table. */
class MailboxPermitsTest {
  private static final Duration LEASE = Duration.ofSeconds(40);
  private static final String MAILBOX = "outlook:one";

  private final MovableClock clock = MovableClock.at("2027-03-01T15:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);

  @Test
  void fourCallsAreAtOneMailboxAndTheFifthWaits() {
    List<PermitResult> four = Stream.generate(() -> acquire(MAILBOX)).limit(4).toList();

    assertThat(four).allMatch(one -> granted(one).isPresent());
    assertThat(delay(acquire(MAILBOX))).contains(Duration.ofSeconds(1));
    assertThat(granted(acquire("outlook:two"))).as("another mailbox").isPresent();

    process().release(granted(four.get(2)).orElseThrow());
    assertThat(granted(acquire(MAILBOX))).isPresent();
    assertThat(granted(acquire(MAILBOX))).isEmpty();
  }

  @Test
  void thePermitOfAWorkerThatDiedIsFreeWhenItsLeaseEnds() {
    for (int n = 0; n < 4; n++) {
      acquire(MAILBOX);
    }
    clock.move(LEASE.minusSeconds(1));
    assertThat(granted(acquire(MAILBOX))).isEmpty();

    clock.move(Duration.ofSeconds(1));

    assertThat(granted(acquire(MAILBOX))).isPresent();
  }

  @Test
  void nobodyCallsAMailboxDuringAPause() {
    process().pause(MAILBOX, Duration.ofSeconds(30));

    assertThat(delay(acquire(MAILBOX))).contains(Duration.ofSeconds(30));
    clock.move(Duration.ofSeconds(31));
    assertThat(granted(acquire(MAILBOX))).isPresent();
  }

  private PermitResult acquire(String mailbox) {
    return process().acquire(mailbox);
  }

  /** Each call comes from a process of its own. */
  private MailboxLimiter process() {
    return new MailboxLimiter(rows, new MailboxPauses(rows, clock), clock, () -> LEASE);
  }

  private static Optional<PermitResult.Granted> granted(PermitResult result) {
    return result.fold(Optional::of, later -> Optional.empty());
  }

  private static Optional<Duration> delay(PermitResult result) {
    return result.fold(granted -> Optional.empty(), later -> Optional.of(later.delay()));
  }
}
