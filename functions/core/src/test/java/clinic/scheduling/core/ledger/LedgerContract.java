package clinic.scheduling.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the ledger promises on every store. There is a subclass for each store. */
public abstract class LedgerContract {
  private static final Duration LEASE = Duration.ofSeconds(40);

  protected final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final String visit = UUID.randomUUID().toString();
  private final RowKey name = RowKey.ofVisit(visit, "calendar#outlook-1");

  protected abstract Rows rows();

  private Ledger ledger() {
    return new Ledger(rows(), clock);
  }

  @Test
  void whatWasNeverClaimedIsGranted() {
    assertThat(ledger().claim(name, "a", LEASE)).isInstanceOf(Claim.Granted.class);
  }

  @Test
  void aSecondWorkerWaitsWhileTheFirstIsAtWork() {
    ledger().claim(name, "a", LEASE);

    assertThat(ledger().claim(name, "a", LEASE)).isInstanceOf(Claim.Busy.class);
  }

  @Test
  void whatIsDoneIsNotDoneAgain() {
    ledger().done(granted("a").fence(), "event-1");

    assertThat(ledger().claim(name, "a", LEASE))
        .isInstanceOfSatisfying(
            Claim.AlreadyDone.class,
            done -> assertThat(done.entry().external()).isEqualTo("event-1"));
  }

  @Test
  void whatIsFoundOutsideIsLearntAndTheNextWorkerIsLetIn() {
    ledger().done(granted("a").fence(), "event-1");
    Row seen = rows().read(name).orElseThrow();

    assertThat(ledger().correct(seen, "event-2", 4)).isTrue();

    assertThat(ledger().claim(name, "a", LEASE))
        .isInstanceOfSatisfying(
            Claim.Granted.class,
            granted -> {
              assertThat(granted.before().external()).isEqualTo("event-2");
              assertThat(granted.before().generation()).isEqualTo(4);
            });
  }

  @Test
  void whatIsFoundOutsideIsNotWrittenOverWhatSomebodyDidSince() {
    Row nothing = Row.fresh(name, clock.instant(), Map.of());
    ledger().done(granted("a").fence(), "event-1");

    assertThat(ledger().correct(nothing, "event-2", 0)).isFalse();
    assertThat(ledger().find(name).orElseThrow().external()).isEqualTo("event-1");
  }

  @Test
  void anotherFingerprintIsClaimedAnewAndKnowsWhatStood() {
    ledger().done(granted("a").fence(), "event-1", 3);

    Claim.Granted again = granted("b");

    assertThat(again.before().external()).isEqualTo("event-1");
    assertThat(again.before().generation()).isEqualTo(3);
  }

  @Test
  void whatHappensOnceIsNeverClaimedAnew() {
    ledger().done(granted("a").fence(), "message-1");

    assertThat(ledger().claimOnce(name, "b", LEASE)).isInstanceOf(Claim.AlreadyDone.class);
  }

  @Test
  void aDeadWorkersClaimIsTakenOverInDoubt() {
    ledger().claim(name, "a", LEASE);
    clock.move(LEASE);

    assertThat(ledger().claim(name, "a", LEASE)).isInstanceOf(Claim.InDoubt.class);
  }

  @Test
  void aWorkerWhoseClaimWasTakenOverCannotSettleIt() {
    Fence first = granted("a").fence();
    clock.move(LEASE);
    ledger().claim(name, "a", LEASE);

    assertThatThrownBy(() -> ledger().done(first, "event-1"))
        .isInstanceOf(FenceLostException.class);
  }

  @Test
  void aReleasedClaimIsGrantedAtOnceAndKeepsWhatStood() {
    ledger().done(granted("a").fence(), "event-1");
    Claim.Granted second = granted("b");
    ledger().release(second.fence(), second.before());

    assertThat(ledger().claim(name, "a", LEASE)).isInstanceOf(Claim.AlreadyDone.class);
  }

  @Test
  void doubtStaysDoubtUntilSomebodySettlesIt() {
    ledger().doubt(granted("a").fence());

    assertThat(ledger().find(name).orElseThrow().state()).isEqualTo(Entry.State.DOUBT);
    assertThat(ledger().claimOnce(name, "a", LEASE)).isInstanceOf(Claim.InDoubt.class);
  }

  @Test
  void ofManyWorkersAtOnceOneIsGranted() throws Exception {
    List<Claim> claims = together(24, () -> ledger().claim(name, "a", LEASE));

    assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(23);
  }

  @Test
  void rowsAreWrittenTogetherOrNotAtAll() {
    Instant expires = clock.instant().plusSeconds(60);
    Row one = Row.fresh(new RowKey(visit, "one"), expires, Map.of("x", "1"));
    Row two = Row.fresh(new RowKey(visit, "two"), expires, Map.of("x", "1"));
    assertThat(rows().write(two)).isTrue();

    assertThat(rows().write(List.of(one, two))).isFalse();

    assertThat(rows().read(one.key())).isEmpty();
    assertThat(rows().readStartingWith(visit, "", Rows.PAGE)).hasSize(1);
  }

  @Test
  void anExpiredRowIsAbsentAndMayBeWrittenAnew() {
    RowKey key = new RowKey(visit, "short");
    rows().write(Row.fresh(key, clock.instant().plusSeconds(10), Map.of("x", "1")));
    clock.move(Duration.ofSeconds(10));

    assertThat(rows().read(key)).isEmpty();
    assertThat(rows().readStartingWith(visit, "", Rows.PAGE)).isEmpty();
    assertThat(rows().write(Row.fresh(key, clock.instant().plusSeconds(10), Map.of("x", "2"))))
        .isTrue();
    assertThat(rows().read(key).orElseThrow().field("x")).contains("2");
  }

  @Test
  void whoReadARowInAnEarlierLifeCannotWriteItInTheNext() {
    RowKey key = new RowKey(visit, "short");
    for (int writes = 1; writes <= 3; writes++) {
      Row stale = written(key, writes);
      clock.move(Duration.ofMinutes(1));
      written(key, writes);

      assertThat(rows().write(stale.next(clock.instant().plusSeconds(60), Map.of("x", "late"))))
          .as("after %s writes in each life", writes)
          .isFalse();
      clock.move(Duration.ofMinutes(1));
    }
  }

  @Test
  void aFenceOfAnEarlierLifeSettlesNothing() {
    Ledger shortLived = new Ledger(rows(), clock, Duration.ofMinutes(1));
    Claim.Granted first = (Claim.Granted) shortLived.claim(name, "a", LEASE);
    clock.move(Duration.ofMinutes(1));
    shortLived.claim(name, "b", LEASE);

    assertThatThrownBy(() -> shortLived.done(first.fence(), "event-1"))
        .isInstanceOf(FenceLostException.class);
  }

  /** A row after {@code writes} writes, the first of which created it. */
  private Row written(RowKey key, int writes) {
    Instant expires = clock.instant().plusSeconds(60);
    rows().write(Row.fresh(key, expires, Map.of("x", "0")));
    for (int i = 1; i < writes; i++) {
      Row row = rows().read(key).orElseThrow();
      rows().write(row.next(expires, Map.of("x", Integer.toString(i))));
    }
    return rows().read(key).orElseThrow();
  }

  private Claim.Granted granted(String fingerprint) {
    return (Claim.Granted) ledger().claim(name, fingerprint, LEASE);
  }

  /** Runs the same work in several threads at once. */
  protected static <T> List<T> together(int workers, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<T>> results =
          threads.invokeAll(IntStream.range(0, workers).mapToObj(i -> work).toList());
      List<T> values = new ArrayList<>();
      for (Future<T> result : results) {
        values.add(result.get());
      }
      return values;
    } finally {
      threads.shutdownNow();
    }
  }
}
