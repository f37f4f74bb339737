package clinic.scheduling.fanout;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Despite crashes, lost answers and throttling, there is one entry, and one message for each
 * change.
 */
@QuarkusTest
class SyncTroubleTest extends SyncCase {
  private static final int MORE_THAN_ANY = 60;

  @Test
  void aCrashAtAnyWriteOfABookingEndsInOneEntry() {
    int points =
        crashEverywhere(
            this::booked,
            () -> {
              onlyInOutlook(INGRIDS);
              onlyInGoogle(INGRIDS);
              assertThat(told()).containsExactly("0 booked");
            });

    assertThat(points).isGreaterThanOrEqualTo(8);
  }

  @Test
  void aCrashAtAnyWriteOfAMoveEndsInTheSameEntry() {
    crashEverywhere(
        () -> {
          String visit = booked();
          deliver(visit);
          staff()
              .reschedule(
                  visit, start().plus(Duration.ofDays(30)), Optional.empty(), Optional.empty());
          return visit;
        },
        () -> {
          onlyInOutlook(INGRIDS);
          onlyInGoogle(INGRIDS);
          assertThat(told()).containsExactly("0 booked", "1 moved");
        });
  }

  @Test
  void aCrashAtAnyWriteOfACancellationEndsInNoEntry() {
    crashEverywhere(
        LEASE.plus(LONG_AFTER),
        () -> {
          String visit = booked();
          deliver(visit);
          staff().cancel(visit);
          return visit;
        },
        () -> {
          assertThat(calendars.outlook(INGRIDS)).isEmpty();
          assertThat(calendars.google(INGRIDS)).isEmpty();
          assertThat(told()).containsExactly("0 booked", "1 cancelled");
        });
  }

  @Test
  void aVisitCancelledAfterACrashLeavesNoEntryBehind() {
    for (int writes = 0; writes < 14; writes++) {
      quiet();
      String visit = booked();
      rows.loseAfter(writes);
      deliver(visit);
      rows.recover();
      staff().cancel(visit);
      clock.move(LEASE);
      deliver(visit);

      assertThat(calendars.outlook(INGRIDS)).as("after %s writes", writes).isEmpty();
      assertThat(calendars.google(INGRIDS)).as("after %s writes", writes).isEmpty();
    }
  }

  @Test
  void anAnswerThatWasLostIsLookedUpNotRepeated() {
    for (Faults faults : List.of(sandbox.graph().faults(), sandbox.google().faults())) {
      faults.add(new Fault(Fault.Kind.STATUS_AFTER_EFFECT, 1, "POST .*events", 503, "", "6", 0));
    }
    String visit = booked();

    assertThat(deliver(visit)).hasSize(1);
    clock.move(Duration.ofSeconds(6));
    assertThat(deliver(visit)).isEmpty();

    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
    assertThat(postponed.seconds()).containsExactly(6);
  }

  @Test
  void aMessageThatCouldNotBeOrderedIsOrderedAtTheNextDelivery() {
    messages.breakDown();
    String visit = booked();
    assertThat(deliver(visit)).hasSize(1);
    assertThat(messages.sent()).isEmpty();

    messages.recover();
    assertThat(deliver(visit)).isEmpty();

    assertThat(told()).containsExactly("0 booked");
    onlyInOutlook(INGRIDS);
  }

  @Test
  void whatWasOwedToThePatientIsOrderedBeforeWhatCameSince() {
    String visit = booked();
    messages.breakDown();
    deliver(visit);
    messages.recover();
    staff().cancel(visit);

    assertThat(deliver(visit)).isEmpty();

    assertThat(told()).containsExactly("0 booked", "1 cancelled");
  }

  @Test
  void aThrottledMailboxIsLeftAloneAsLongAsItAsksAndHoldsUpNothingElse() {
    sandbox.graph().faults().add(fault(429, "7"));
    String visit = booked();

    assertThat(deliver(visit)).hasSize(1);
    onlyInGoogle(INGRIDS);
    assertThat(told()).containsExactly("0 booked");
    assertThat(postponed.seconds()).containsExactly(7);

    sandbox.graph().faults().add(fault(500, null));
    String other = booked();
    assertThat(deliver(other)).hasSize(1);
    assertThat(sandbox.graph().faults().list()).as("no call was made").hasSize(1);

    sandbox.graph().faults().clear();
    clock.move(Duration.ofSeconds(8));
    assertThat(deliver(visit)).isEmpty();
    assertThat(deliver(other)).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
  }

  @Test
  void aMailboxThatDoesNotExistIsReportedAndHoldsUpNothing() {
    sandbox
        .graph()
        .faults()
        .add(
            new Fault(
                Fault.Kind.STATUS,
                1,
                "POST .*events",
                404,
                "MailboxNotEnabledForRESTAPI",
                null,
                0));
    String visit = booked();

    assertThat(deliver(visit)).isEmpty();

    onlyInGoogle(INGRIDS);
    assertThat(told()).containsExactly("0 booked");
    assertThat(log.text()).contains("calendar-refused binding=outlook-", "MailboxNotEnabled");
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
  }

  @Test
  void accessThatIsNotYetGrantedIsAskedForAgainLate() {
    sandbox.graph().faults().add(fault(403, null));
    String visit = booked();

    assertThat(deliver(visit)).hasSize(1);

    onlyInGoogle(INGRIDS);
    assertThat(postponed.seconds()).containsExactly(600);
    assertThat(log.text()).contains("calendar-denied binding=outlook-", "ErrorAccessDenied");
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
  }

  @Test
  void aCalendarThatFailsInAWayNobodyForesawHoldsUpNoOther() {
    sandbox.graph().faults().add(new Fault(Fault.Kind.PAGE, 1, "POST .*events", 200, "", null, 0));
    String visit = booked();

    assertThat(deliver(visit)).hasSize(1);

    onlyInGoogle(INGRIDS);
    assertThat(log.text()).contains("calendar-failed");
    clock.move(LEASE);
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
  }

  @Test
  void theWaitsGrowFromDeliveryToDelivery() {
    sandbox.canvas().faults().add(status(503, "GET", "/Appointment").times(12));
    String visit = booked();
    for (deliveries = 1; deliveries <= 4; deliveries++) {
      assertThat(deliver(visit)).hasSize(1);
    }
    assertThat(postponed.seconds()).as("5 are asked for").containsExactly(5, 5, 8, 16);
  }

  @Test
  void whatNobodyForesawIsPutOffAsWell() {
    messages.breakDown();
    deliveries = 2;

    assertThat(deliver(booked())).hasSize(1);

    assertThat(postponed.seconds()).containsExactly(4);
  }

  @Test
  void noCalendarIsBegunWithWhenTheTimeIsNearlyOver() {
    messages.meanwhile(() -> clock.move(Duration.ofSeconds(6)));
    String visit = booked();

    assertThat(deliver(visit)).hasSize(1);

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(log.text()).contains("out-of-time");
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
  }

  @Test
  void aBurstOfMovesAndNoticesEndsInOneEntryAtTheLastTime() throws Exception {
    String visit = booked();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<List<RuntimeException>>> deliveries = new ArrayList<>();
    deliveries.add(threads.submit(() -> deliver(visit)));
    String last = visit;
    Instant time = start().plus(Duration.ofDays(40));
    for (int move = 0; move < 12; move++) {
      time = time.plus(Duration.ofHours(1));
      last = staff().reschedule(last, time, Optional.empty(), Optional.empty());
      String moved = last;
      deliveries.add(threads.submit(() -> deliver(moved)));
      deliveries.add(threads.submit(() -> deliver(visit)));
    }
    for (Future<List<RuntimeException>> delivery : deliveries) {
      assertThat(delivery.get(30, TimeUnit.SECONDS)).isEmpty();
    }
    threads.shutdownNow();

    String shown = onlyInOutlook(INGRIDS).path("start").path("dateTime").asText();
    assertThat(shown).startsWith(time.toString().substring(0, 16));
    onlyInGoogle(INGRIDS);
    assertThat(log.text()).as("some were left to another").contains("LEFT_TO_ANOTHER");
  }

  @Test
  void whoLooksOnceMoreReadsOnceMore() throws Exception {
    String visit = booked();
    Faults faults = sandbox.graph().faults();
    faults.add(new Fault(Fault.Kind.SLOW, 1, "POST .*events", 0, "", null, 1));
    CompletableFuture<List<RuntimeException>> first =
        CompletableFuture.supplyAsync(() -> deliver(visit), run -> new Thread(run).start());
    await().until(() -> faults.list().isEmpty());
    Instant time = start().plus(Duration.ofDays(9));
    staff().reschedule(visit, time, Optional.empty(), Optional.empty());

    assertThat(deliver(visit)).isEmpty();
    assertThat(log.text()).contains("LEFT_TO_ANOTHER");
    assertThat(first.get(10, TimeUnit.SECONDS)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("start").path("dateTime").asText())
        .startsWith(time.toString().substring(0, 16));
  }

  @Test
  void anEntryThatWasMadeThoughNobodySaidSoIsFoundByItsStamp() {
    calendars.setOutlook("{\"rememberTransactions\":false}");
    sandbox
        .graph()
        .faults()
        .add(new Fault(Fault.Kind.STATUS_AFTER_EFFECT, 1, "POST .*events", 503, "", null, 0));
    String visit = booked();
    assertThat(deliver(visit, "m-1")).hasSize(1);
    clock.move(LEASE);

    assertThat(deliver(visit, "m-1")).isEmpty();

    onlyInOutlook(INGRIDS);
  }

  @Test
  void canvasOutOfReachChangesNothing() {
    String visit = booked();
    deliver(visit);
    String before = onlyInOutlook(INGRIDS).toString();
    sandbox.canvas().faults().add(status(503, "GET", "/Appointment").times(4));

    assertThat(deliver(visit)).hasSize(1);

    assertThat(onlyInOutlook(INGRIDS).toString()).isEqualTo(before);
    sandbox.canvas().faults().clear();
    assertThat(deliver(visit)).isEmpty();
  }

  @Test
  void neitherLogNorTableNorQueueKnowsThePatient() {
    String visit = booked();
    sandbox.graph().faults().add(fault(400, null));
    sandbox.google().faults().add(fault(500, null));
    deliver(visit);
    clock.move(LEASE);
    deliver(visit);
    staff().cancel(visit);
    rows.loseAfter(3);
    deliver(visit);
    rows.recover();
    clock.move(LEASE);
    deliver(visit);

    for (String text : List.of(log.text(), rows.text(), messages.sent().toString())) {
      assertThat(text)
          .isNotEmpty()
          .doesNotContainIgnoringCase("canary", "555-0142", "1990-02-03", "elbow");
    }
    assertThat(log.text()).contains("correlation=" + bookingId);
  }

  /** Kills the function after each possible number of writes, and delivers the message again. */
  private int crashEverywhere(Supplier<String> given, Runnable then) {
    return crashEverywhere(LEASE, given, then);
  }

  /**
   * @param back how long after the crash the message is delivered again; for a removal, long enough
   *     that no entry can become visible any more
   */
  private int crashEverywhere(Duration back, Supplier<String> given, Runnable then) {
    for (int writes = 0; writes < MORE_THAN_ANY; writes++) {
      quiet();
      String visit = given.get();
      String message = UUID.randomUUID().toString();
      rows.loseAfter(writes);
      boolean survived = deliver(visit, message).isEmpty();
      rows.recover();
      clock.move(back);
      assertThat(deliver(visit, message)).as("after %s writes", writes).isEmpty();
      then.run();
      if (survived) {
        return writes;
      }
    }
    throw new AssertionError("the function never ends");
  }

  private static Fault fault(int status, String retryAfter) {
    return new Fault(Fault.Kind.STATUS, 1, "POST .*events", status, "", retryAfter, 0);
  }
}
