package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.ForgetfulRows;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider is called once, in good time, or not at all. */
class SendOnceTest {
  private static final MessageRequest ORDER = Samples.order(Change.BOOKED, 0);
  private static final MessageRequest NEXT = Samples.order(Change.MOVED, 1);

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryRows memory = new MemoryRows(clock);
  private final ForgetfulRows rows = new ForgetfulRows(memory);
  private final Ledger ledger = new Ledger(rows, clock);
  private final ReviewList troubles = new ReviewList(rows, clock);
  private final ProviderRecords records = new ProviderRecords(rows, ledger, clock, troubles);
  private final UnconfirmedDeliveries doubts = new UnconfirmedDeliveries(ledger, records, troubles);
  private final LastNotified heard = new LastNotified(rows, clock);
  private final SendOnce once =
      new SendOnce(
          ledger,
          heard,
          new MessageOrdering(ledger, heard, rows, doubts, clock),
          new DeferredMessages(rows, clock),
          doubts,
          new DailyCaps(rows, Samples.practice(), clock),
          troubles,
          new RejectedMessages(records, new Suppressions(rows, clock, troubles), troubles),
          clock,
          () -> Duration.ofSeconds(45),
          () -> Duration.ofSeconds(15));
  private final List<String> calls = new ArrayList<>();
  private DeliveryResult answer = new DeliveryResult.Accepted("id-1");

  @Test
  void withLessThanSixSecondsLeftNobodyIsCalledAndTheNextDeliverySends() {
    assertThat(once.send(slow(Duration.ofMillis(9_001)), once.deadline())).isFalse();
    assertThat(calls).isEmpty();

    assertThat(once.send(slow(Duration.ofSeconds(9)), once.deadline())).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(memory.text()).contains("state=DONE");
  }

  @Test
  void aVisitThatWasChangedThousandsOfTimesIsToldOfTheNextChange() {
    PendingMessage draft =
        new PendingMessage(
            Samples.order(Change.MOVED, 5_000),
            Channel.SMS,
            () -> new RenderedMessage.Ready(this::call, Optional.empty()));

    assertThat(once.send(draft, once.deadline())).isTrue();

    assertThat(calls).containsExactly("call");
  }

  @Test
  void aClaimThatTakesTooLongIsGivenBack() {
    Deadline deadline = once.deadline();
    rows.beforeWrite(() -> clock.move(Duration.ofSeconds(10)));

    assertThat(once.send(slow(Duration.ZERO), deadline)).isFalse();
    assertThat(calls).isEmpty();
    assertThat(once.send(slow(Duration.ZERO), once.deadline())).isTrue();
    assertThat(calls).containsExactly("call");
  }

  @ParameterizedTest
  @EnumSource(ForgetfulRows.Loss.class)
  void aLostAnswerOfTheTableIsNoDoubtAboutTheMessage(ForgetfulRows.Loss loss) {
    rows.loseAnswer(loss);

    assertThat(once.send(slow(Duration.ZERO), once.deadline())).isTrue();

    assertThat(calls).containsExactly("call");
    assertThat(memory.text()).contains("state=DONE").doesNotContain("DOUBT");
  }

  @Test
  void whatTheClinicHasToMendIsTriedAgain() {
    answer = new DeliveryResult.NotSetUp("NotVerified");
    assertThat(once.send(slow(Duration.ZERO), once.deadline())).isFalse();

    answer = new DeliveryResult.Accepted("id-1");
    assertThat(once.send(slow(Duration.ZERO), once.deadline())).isTrue();

    assertThat(calls).hasSize(2);
  }

  @Test
  void aMessageWaitsForAnOlderOneThatIsOnItsWayAndAfterItsDeathCountsItAsHeard() {
    ledger.claimOnce(ORDER.row(Channel.EMAIL), "", Duration.ofSeconds(45));

    assertThat(once.send(draft(NEXT, Duration.ZERO), once.deadline())).isFalse();
    assertThat(calls).isEmpty();

    clock.move(Duration.ofSeconds(46));
    try (LogLines log = new LogLines()) {
      assertThat(once.send(draft(NEXT, Duration.ZERO), once.deadline())).isTrue();
      assertThat(log.text())
          .containsOnlyOnce("message-doubt channel=email code=worker-died message=" + ORDER.key());
    }
    assertThat(calls).containsExactly("call");
    assertThat(heard.on(Channel.EMAIL, ORDER.root()))
        .map(LastNotified.Last::view)
        .contains(LastNotified.UNKNOWN);
    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#email");
  }

  /** Found by the simulation: a visit that seemed to be back was told to be cancelled twice. */
  @Test
  void theNextMessageIsWrittenForOneWhoHasHeardWhatADeadWorkerWasAboutToSay() {
    LastNotified.Last gone =
        new LastNotified.Last(0, "gone", Instant.parse("2026-12-01T17:00:00Z"));
    RenderedMessage.Ready cut = new RenderedMessage.Ready(SendOnceTest::die, Optional.of(gone));
    assertThat(once.send(new PendingMessage(ORDER, Channel.SMS, () -> cut), once.deadline()))
        .isFalse();
    clock.move(Duration.ofSeconds(46));
    rows.beforeWrite(() -> rows.beforeWrite(SendOnceTest::die));
    assertThat(once.send(new PendingMessage(NEXT, Channel.SMS, () -> cut), once.deadline()))
        .as("whoever takes over dies before it has kept what was heard")
        .isFalse();
    clock.move(Duration.ofSeconds(46));
    List<LastNotified.Last> found = new ArrayList<>();
    PendingMessage next =
        new PendingMessage(
            NEXT,
            Channel.SMS,
            () -> {
              heard.on(Channel.SMS, ORDER.root()).ifPresent(found::add);
              return new RenderedMessage.NotWanted("known-already");
            });

    assertThat(once.send(next, once.deadline())).isTrue();

    assertThat(found).containsExactly(gone);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#sms");
  }

  @Test
  void aDeathBetweenWhatWasHeardAndItsRecordLeavesADoubtThatIsListed() {
    ledger.claimOnce(ORDER.row(Channel.EMAIL), "", Duration.ofSeconds(45));
    heard.keep(Channel.EMAIL, ORDER.root(), new LastNotified.Last(0, "view", Instant.EPOCH));
    clock.move(Duration.ofSeconds(46));

    assertThat(once.send(draft(NEXT, Duration.ZERO), once.deadline())).isTrue();

    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#email");
    assertThat(heard.on(Channel.EMAIL, ORDER.root())).map(LastNotified.Last::view).contains("view");
  }

  @Test
  void anOlderMessageThatItsProviderHasReportedIsNoDoubt() {
    ledger.claimOnce(ORDER.row(Channel.EMAIL), "", Duration.ofSeconds(45));
    records.sent(ORDER.root(), "0", Channel.EMAIL, "id-0");
    clock.move(Duration.ofSeconds(46));

    assertThat(once.send(draft(NEXT, Duration.ZERO), once.deadline())).isTrue();

    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::external).contains("id-0");
    assertThat(memory.text()).doesNotContain("doubt#");
  }

  /** A text in place of a mail is under a name of its own, and no less on its way. */
  @Test
  void aTextWaitsForAnOlderOneThatGoesOutInPlaceOfAMail() {
    PendingMessage instead =
        PendingMessage.instead(
            ORDER, Channel.SMS, () -> new RenderedMessage.NotWanted("never asked"));
    ledger.claimOnce(instead.name(), "", Duration.ofSeconds(45));
    PendingMessage next =
        new PendingMessage(
            NEXT, Channel.SMS, () -> new RenderedMessage.Ready(this::call, Optional.empty()));

    assertThat(once.send(next, once.deadline())).isFalse();
    assertThat(calls).isEmpty();

    clock.move(Duration.ofSeconds(46));
    assertThat(once.send(next, once.deadline())).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(ledger.find(instead.name())).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(heard.on(Channel.SMS, ORDER.root()))
        .map(LastNotified.Last::view)
        .contains(LastNotified.UNKNOWN);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#sms");
  }

  @Test
  void aMessageThatWasOvertakenWhileItWasWrittenIsNotSent() {
    PendingMessage overtaken =
        new PendingMessage(
            ORDER,
            Channel.EMAIL,
            () -> {
              new ChangeLog(rows, clock)
                  .write(
                      ORDER.root(),
                      Optional.empty(),
                      new ChangeRecord(1, Change.CANCELLED, "gone", true));
              return new RenderedMessage.Ready(this::call, Optional.empty());
            });

    assertThat(once.send(overtaken, once.deadline())).isTrue();

    assertThat(calls).isEmpty();
    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::external).contains("none");
  }

  private PendingMessage slow(Duration writing) {
    return draft(ORDER, writing);
  }

  private PendingMessage draft(MessageRequest order, Duration writing) {
    return new PendingMessage(
        order,
        Channel.EMAIL,
        () -> {
          clock.move(writing);
          return new RenderedMessage.Ready(this::call, Optional.empty());
        });
  }

  private static DeliveryResult die() {
    throw new IllegalStateException("killed");
  }

  private DeliveryResult call() {
    calls.add("call");
    return answer;
  }
}
