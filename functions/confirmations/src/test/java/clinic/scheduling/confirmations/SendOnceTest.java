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
import clinic.scheduling.core.queue.WaitingMessages;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.core.visit.VisitChanges.Told;
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
  private static final Order ORDER = Samples.order(Change.BOOKED, 0);
  private static final Order NEXT = Samples.order(Change.MOVED, 1);

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryRows memory = new MemoryRows(clock);
  private final ForgetfulRows rows = new ForgetfulRows(memory);
  private final Ledger ledger = new Ledger(rows, clock);
  private final Troubles troubles = new Troubles(rows, clock);
  private final ProviderRecords records = new ProviderRecords(rows, ledger, clock, troubles);
  private final Doubts doubts = new Doubts(ledger, records, troubles);
  private final Heard heard = new Heard(rows, clock);
  private final SendOnce once =
      new SendOnce(
          ledger,
          heard,
          new InOrder(ledger, heard, rows, doubts, clock),
          new WaitingMessages(rows, clock),
          doubts,
          new DailyCaps(rows, Samples.practice(), clock),
          troubles,
          new Rejections(records, new Suppressions(rows, clock, troubles), troubles),
          clock,
          45,
          15);
  private final List<String> calls = new ArrayList<>();
  private Sending answer = new Sending.Accepted("id-1");

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
    Draft draft =
        new Draft(
            Samples.order(Change.MOVED, 5_000),
            Channel.SMS,
            () -> new Letter.Ready(this::call, Optional.empty()));

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
    answer = new Sending.NotSetUp("NotVerified");
    assertThat(once.send(slow(Duration.ZERO), once.deadline())).isFalse();

    answer = new Sending.Accepted("id-1");
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
    assertThat(heard.on(Channel.EMAIL, ORDER.root())).map(Heard.Last::view).contains(Heard.UNKNOWN);
    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#email");
  }

  /** Found by the simulation: a visit that seemed to be back was told to be cancelled twice. */
  @Test
  void theNextMessageIsWrittenForOneWhoHasHeardWhatADeadWorkerWasAboutToSay() {
    Heard.Last gone = new Heard.Last(0, "gone", Instant.parse("2026-12-01T17:00:00Z"));
    Letter.Ready cut = new Letter.Ready(SendOnceTest::die, Optional.of(gone));
    assertThat(once.send(new Draft(ORDER, Channel.SMS, () -> cut), once.deadline())).isFalse();
    clock.move(Duration.ofSeconds(46));
    rows.beforeWrite(() -> rows.beforeWrite(SendOnceTest::die));
    assertThat(once.send(new Draft(NEXT, Channel.SMS, () -> cut), once.deadline()))
        .as("whoever takes over dies before it has kept what was heard")
        .isFalse();
    clock.move(Duration.ofSeconds(46));
    List<Heard.Last> found = new ArrayList<>();
    Draft next =
        new Draft(
            NEXT,
            Channel.SMS,
            () -> {
              heard.on(Channel.SMS, ORDER.root()).ifPresent(found::add);
              return new Letter.NotWanted("known-already");
            });

    assertThat(once.send(next, once.deadline())).isTrue();

    assertThat(found).containsExactly(gone);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#sms");
  }

  @Test
  void aDeathBetweenWhatWasHeardAndItsRecordLeavesADoubtThatIsListed() {
    ledger.claimOnce(ORDER.row(Channel.EMAIL), "", Duration.ofSeconds(45));
    heard.keep(Channel.EMAIL, ORDER.root(), new Heard.Last(0, "view", Instant.EPOCH));
    clock.move(Duration.ofSeconds(46));

    assertThat(once.send(draft(NEXT, Duration.ZERO), once.deadline())).isTrue();

    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#email");
    assertThat(heard.on(Channel.EMAIL, ORDER.root())).map(Heard.Last::view).contains("view");
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
    Draft instead = Draft.instead(ORDER, Channel.SMS, () -> new Letter.NotWanted("never asked"));
    ledger.claimOnce(instead.name(), "", Duration.ofSeconds(45));
    Draft next = new Draft(NEXT, Channel.SMS, () -> new Letter.Ready(this::call, Optional.empty()));

    assertThat(once.send(next, once.deadline())).isFalse();
    assertThat(calls).isEmpty();

    clock.move(Duration.ofSeconds(46));
    assertThat(once.send(next, once.deadline())).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(ledger.find(instead.name())).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(heard.on(Channel.SMS, ORDER.root())).map(Heard.Last::view).contains(Heard.UNKNOWN);
    assertThat(memory.text()).contains("doubt#" + ORDER.key() + "#sms");
  }

  @Test
  void aMessageThatWasOvertakenWhileItWasWrittenIsNotSent() {
    Draft overtaken =
        new Draft(
            ORDER,
            Channel.EMAIL,
            () -> {
              new VisitChanges(rows, clock)
                  .write(
                      ORDER.root(), Optional.empty(), new Told(1, Change.CANCELLED, "gone", true));
              return new Letter.Ready(this::call, Optional.empty());
            });

    assertThat(once.send(overtaken, once.deadline())).isTrue();

    assertThat(calls).isEmpty();
    assertThat(ledger.find(ORDER.row(Channel.EMAIL))).map(Entry::external).contains("none");
  }

  private Draft slow(Duration writing) {
    return draft(ORDER, writing);
  }

  private Draft draft(Order order, Duration writing) {
    return new Draft(
        order,
        Channel.EMAIL,
        () -> {
          clock.move(writing);
          return new Letter.Ready(this::call, Optional.empty());
        });
  }

  private static Sending die() {
    throw new IllegalStateException("killed");
  }

  private Sending call() {
    calls.add("call");
    return answer;
  }
}
