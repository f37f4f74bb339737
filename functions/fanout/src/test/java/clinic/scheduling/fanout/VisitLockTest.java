package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Seed;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.CoalescingLock;
import clinic.scheduling.core.ledger.ForgetfulRows;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One worker at a time for each visit, and no request is lost. */
class VisitLockTest {
  private static final Duration LEASE = Duration.ofSeconds(40);
  private static final String VISIT = "visit-1";
  private static final SyncRequest LOUD = new SyncRequest(false, false, false);
  private static final SyncRequest NEW = new SyncRequest(true, false, false);

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final ForgetfulRows rows = new ForgetfulRows(new MemoryRows(clock));
  private final VisitLock lock = new VisitLock(rows, clock, () -> LEASE);
  private final List<String> done = new ArrayList<>();

  @Test
  void aLoneNoticeIsWorkedOnOnce() {
    assertThat(take("m1", () -> done.add("m1"))).isEqualTo(CoalescingLock.Result.WORKED);

    assertThat(done).containsExactly("m1");
  }

  @Test
  void whoComesMeanwhileLeavesAndTheWorkerLooksAgain() {
    take(
        "m1",
        () -> {
          done.add("look");
          if (done.size() == 1) {
            assertThat(take("m2", () -> done.add("never")))
                .isEqualTo(CoalescingLock.Result.COALESCED);
            assertThat(take("m3", () -> done.add("never")))
                .isEqualTo(CoalescingLock.Result.COALESCED);
          }
        });

    assertThat(done).containsExactly("look", "look");
  }

  @Test
  void whatOthersLeaveIsKnownToTheWorkerWhoLooksAgain() {
    List<SyncRequest> requests = new ArrayList<>();
    lock.run(
        VISIT,
        "m1",
        LOUD,
        request -> {
          requests.add(request);
          if (requests.size() == 1) {
            lock.run(VISIT, "m2", NEW, never -> {});
            lock.run(VISIT, "m3", SyncRequest.NONE, never -> {});
          }
        });
    lock.run(VISIT, "m4", SyncRequest.NONE, requests::add);

    assertThat(requests).containsExactly(LOUD, NEW, SyncRequest.NONE);
  }

  @Test
  void whatOthersLeftOutlivesAWorkerThatFails() {
    List<SyncRequest> requests = new ArrayList<>();
    assertThatThrownBy(
            () ->
                lock.run(
                    VISIT,
                    "m1",
                    SyncRequest.NONE,
                    request -> {
                      lock.run(VISIT, "m2", NEW, never -> {});
                      fail();
                    }))
        .isInstanceOf(IllegalStateException.class);

    lock.run(VISIT, "m3", SyncRequest.NONE, requests::add);

    assertThat(requests).containsExactly(NEW);
  }

  @Test
  void aMuteWorkerStaysMuteUntilSomebodyElseIsNot() {
    List<SyncRequest> requests = new ArrayList<>();
    lock.run(
        VISIT,
        "m1",
        SyncRequest.NONE,
        request -> {
          requests.add(request);
          if (requests.size() < 3) {
            lock.run(VISIT, "m2", requests.size() == 1 ? SyncRequest.NONE : LOUD, never -> {});
          }
        });

    assertThat(requests).containsExactly(SyncRequest.NONE, SyncRequest.NONE, LOUD);
  }

  @Test
  void otherVisitsAreNotHeldUp() {
    take("m1", () -> lock.run("visit-2", "m2", SyncRequest.NONE, request -> done.add("other")));

    assertThat(done).containsExactly("other");
  }

  @ParameterizedTest
  @EnumSource(ForgetfulRows.Loss.class)
  void aTurnThatWasTakenIsUsedThoughTheAnswerWasLost(ForgetfulRows.Loss loss) {
    rows.loseAnswer(loss);

    assertThat(take("m1", () -> done.add("m1"))).isEqualTo(CoalescingLock.Result.WORKED);

    assertThat(done).containsExactly("m1");
  }

  @ParameterizedTest
  @EnumSource(ForgetfulRows.Loss.class)
  void aTurnThatWasGivenUpIsOverThoughTheAnswerWasLost(ForgetfulRows.Loss loss) {
    assertThat(take("m1", () -> rows.loseAnswer(loss))).isEqualTo(CoalescingLock.Result.WORKED);

    assertThat(take("m1", () -> done.add("again"))).isEqualTo(CoalescingLock.Result.WORKED);
  }

  @Test
  void aFailureGivesTheTurnUpAtOnce() {
    assertThatThrownBy(() -> take("m1", this::fail)).isInstanceOf(IllegalStateException.class);

    take("m1", () -> done.add("again"));

    assertThat(done).containsExactly("again");
  }

  @Test
  void aDeadWorkersMessageWaitsForItsLeaseThenTakesOver() {
    die("m1");

    assertThatThrownBy(() -> take("m1", () -> done.add("early")))
        .isInstanceOfSatisfying(
            UnavailableException.class, e -> assertThat(e.retryAfter()).isEqualTo(LEASE));
    clock.move(LEASE);
    take("m1", () -> done.add("taken over"));

    assertThat(done).containsExactly("taken over");
  }

  @Test
  void aWorkerWhoseTurnWasTakenOverFails() {
    assertThatThrownBy(
            () ->
                take(
                    "m1",
                    () -> {
                      clock.move(LEASE);
                      take("m2", () -> done.add("second"));
                    }))
        .isInstanceOf(UnavailableException.class);

    assertThat(done).containsExactly("second");
  }

  @Test
  void theSameMessageTwiceCannotEndTheOthersTurn() {
    AtomicInteger inside = new AtomicInteger();
    assertThatThrownBy(
            () ->
                take(
                    "m1",
                    () -> {
                      clock.move(LEASE);
                      die("m1");
                      inside.incrementAndGet();
                    }))
        .isInstanceOf(UnavailableException.class);

    assertThat(take("m2", () -> done.add("never"))).isEqualTo(CoalescingLock.Result.COALESCED);
    assertThat(inside).hasValue(1);
  }

  @Test
  void whoIsAskedWithoutEndGivesUpInTheEnd() {
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                take(
                    "m1",
                    () -> {
                      looks.incrementAndGet();
                      take("m2", () -> done.add("never"));
                    }))
        .isInstanceOf(UnavailableException.class);

    assertThat(looks).hasValue(10);
    assertThat(take("m3", () -> done.add("free"))).isEqualTo(CoalescingLock.Result.WORKED);
  }

  /**
   * Each worker raises a level before its request. In the end, some work under the lock has seen
   * the highest level.
   */
  @Test
  void inARaceNobodyWorksBesideAnotherAndTheLastLevelIsSeen() throws Exception {
    long seed = Seed.of(VisitLockTest.class);
    Random random = new Random(seed);
    int left = 0;
    for (int round = 0; round < 60; round++) {
      left += race("race-" + round, random.nextInt(1, 7), seed);
    }
    assertThat(left).as("somebody left it to another, seed %s", seed).isPositive();
  }

  private int race(String visit, int workers, long seed) throws Exception {
    AtomicInteger level = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger left = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Future<?>> results = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      String message = "m" + worker;
      results.add(
          threads.submit(
              () -> {
                start.await();
                level.incrementAndGet();
                CoalescingLock.Result fate =
                    lock.run(
                        visit,
                        message,
                        SyncRequest.NONE,
                        request -> {
                          assertThat(inside.incrementAndGet()).as("seed %s", seed).isEqualTo(1);
                          seen.set(level.get());
                          Thread.yield();
                          inside.decrementAndGet();
                        });
                return fate == CoalescingLock.Result.WORKED ? 0 : left.incrementAndGet();
              }));
    }
    start.countDown();
    for (Future<?> result : results) {
      result.get(10, TimeUnit.SECONDS);
    }
    threads.shutdownNow();
    assertThat(seen.get()).as("seed %s", seed).isEqualTo(workers);
    return left.get();
  }

  private CoalescingLock.Result take(String message, Runnable work) {
    return lock.run(VISIT, message, SyncRequest.NONE, request -> work.run());
  }

  private void fail() {
    throw new IllegalStateException("broken");
  }

  /** Kills a worker during its work, by an error that the lock does not catch. */
  private void die(String message) {
    try {
      take(
          message,
          () -> {
            throw new AssertionError("killed");
          });
    } catch (AssertionError killed) {
      done.clear();
    }
  }
}
