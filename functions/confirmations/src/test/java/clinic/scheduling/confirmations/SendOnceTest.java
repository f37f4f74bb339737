package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import clinic.scheduling.confirmations.MessageOrdering.LastNotified;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.ComposeMessage.RenderedMessage;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.ForgetfulRows;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The provider is called once and in good time, or not at all. */
class SendOnceTest {
  private static final MessageRequest FIRST = Samples.request(Change.BOOKED, 0);
  private static final MessageRequest NEXT = Samples.request(Change.MOVED, 1);

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryRows memory = new MemoryRows(clock);
  private final ForgetfulRows rows = new ForgetfulRows(memory);
  private final SendingParts parts = new SendingParts(rows, Samples.practice(), clock, this::call);
  private final Ledger ledger = parts.ledger;
  private final DeliveryLedger deliveries = parts.deliveries;
  private final MessageOrdering ordering = parts.ordering;
  private final List<String> calls = new ArrayList<>();
  private DeliveryResult answer = new DeliveryResult.Accepted("id-1");
  private boolean dies;
  private Runnable onCall = () -> {};
  private Optional<LastNotified> toldBefore = Optional.empty();

  /**
   * Counts both messages before the test. Then the claim is the first write of the test, and the
   * test can lose or delay it.
   */
  @BeforeEach
  void countedBefore() {
    for (MessageRequest request : List.of(FIRST, NEXT)) {
      parts.count(request, Channel.EMAIL);
    }
  }

  @Test
  void withLessThanSixSecondsLeftNobodyIsCalledAndTheNextDeliverySends() {
    assertThat(sendAfter(Duration.ofMillis(9_001))).isFalse();
    assertThat(calls).isEmpty();

    assertThat(sendAfter(Duration.ofSeconds(9))).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(memory.text()).contains("state=DONE");
  }

  @Test
  void aVisitThatWasChangedThousandsOfTimesIsToldOfTheNextChange() {
    assertThat(send(Samples.request(Change.MOVED, 5_000), Channel.SMS)).isTrue();

    assertThat(calls).containsExactly("call");
  }

  @Test
  void aClaimThatTakesTooLongIsGivenBack() {
    rows.beforeWrite(() -> clock.move(Duration.ofSeconds(10)));

    assertThat(send(FIRST, Channel.EMAIL)).isFalse();
    assertThat(calls).isEmpty();
    assertThat(send(FIRST, Channel.EMAIL)).isTrue();
    assertThat(calls).containsExactly("call");
  }

  @ParameterizedTest
  @EnumSource(ForgetfulRows.Loss.class)
  void aLostAnswerOfTheTableIsNoDoubtAboutTheMessage(ForgetfulRows.Loss loss) {
    rows.loseAnswer(loss);

    assertThat(send(FIRST, Channel.EMAIL)).isTrue();

    assertThat(calls).containsExactly("call");
    assertThat(memory.text()).contains("state=DONE").doesNotContain("DOUBT");
  }

  @Test
  void whatTheClinicHasToMendIsTriedAgain() {
    answer = new DeliveryResult.NotSetUp("NotVerified");
    assertThat(send(FIRST, Channel.EMAIL)).isFalse();

    answer = new DeliveryResult.Accepted("id-1");
    assertThat(send(FIRST, Channel.EMAIL)).isTrue();

    assertThat(calls).hasSize(2);
  }

  @Test
  void aMessageWaitsForAnOlderOneThatIsOnItsWayAndAfterItsDeathCountsItAsHeard() {
    ledger.claimOnce(FIRST.row(Channel.EMAIL), "", Duration.ofSeconds(45));

    assertThat(send(NEXT, Channel.EMAIL)).isFalse();
    assertThat(calls).isEmpty();

    clock.move(Duration.ofSeconds(46));
    try (LogLines log = new LogLines()) {
      assertThat(send(NEXT, Channel.EMAIL)).isTrue();
      assertThat(log.text())
          .containsOnlyOnce("message-doubt channel=email code=worker-died message=" + FIRST.key());
    }
    assertThat(calls).containsExactly("call");
    assertThat(toldBefore).map(LastNotified::fingerprint).contains(LastNotified.UNKNOWN);
    assertThat(ledger.find(FIRST.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + FIRST.key() + "#email");
  }

  /** The simulation found this case: a patient was told twice that a visit was cancelled. */
  @Test
  void theNextMessageIsWrittenForOneWhoHasHeardWhatADeadWorkerWasAboutToSay() {
    LastNotified gone = new LastNotified(0, "gone", Instant.parse("2026-12-01T17:00:00Z"));
    dies = true;
    assertThat(send(FIRST, Channel.SMS, "cancelled")).isFalse();
    dies = false;
    calls.clear();
    clock.move(Duration.ofSeconds(46));
    rows.beforeWrite(() -> rows.beforeWrite(SendOnceTest::die));
    assertThat(send(NEXT, Channel.SMS, "cancelled"))
        .as("whoever takes over dies before it has recorded what was told")
        .isFalse();
    clock.move(Duration.ofSeconds(46));

    assertThat(send(NEXT, Channel.SMS, "cancelled")).isTrue();

    assertThat(ordering.lastNotified(Channel.SMS, FIRST.root())).contains(gone);
    assertThat(calls).as("it is known already").isEmpty();
    assertThat(memory.text()).contains("doubt#" + FIRST.key() + "#sms");
  }

  @Test
  void aDeathBetweenWhatWasHeardAndItsRecordLeavesADoubtThatIsListed() {
    ledger.claimOnce(FIRST.row(Channel.EMAIL), "", Duration.ofSeconds(45));
    ordering.remember(Channel.EMAIL, FIRST.root(), new LastNotified(0, "view", Instant.EPOCH));
    clock.move(Duration.ofSeconds(46));

    assertThat(send(NEXT, Channel.EMAIL)).isTrue();

    assertThat(ledger.find(FIRST.row(Channel.EMAIL))).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(memory.text()).contains("doubt#" + FIRST.key() + "#email");
    assertThat(ordering.lastNotified(Channel.EMAIL, FIRST.root()))
        .map(LastNotified::fingerprint)
        .contains("view");
  }

  @Test
  void anOlderMessageThatItsProviderHasReportedIsNoDoubt() {
    ledger.claimOnce(FIRST.row(Channel.EMAIL), "", Duration.ofSeconds(45));
    deliveries.recordReport(FIRST.root(), "0", Channel.EMAIL, "id-0");
    clock.move(Duration.ofSeconds(46));

    assertThat(send(NEXT, Channel.EMAIL)).isTrue();

    assertThat(ledger.find(FIRST.row(Channel.EMAIL))).map(Entry::external).contains("id-0");
    assertThat(memory.text()).doesNotContain("doubt#");
  }

  /**
   * A text that replaces a mail has its own row in the ledger, and may still be in progress, too.
   */
  @Test
  void aTextWaitsForAnOlderOneThatGoesOutInPlaceOfAMail() {
    RowKey instead = FIRST.replacementRow();
    ledger.claimOnce(instead, "", Duration.ofSeconds(45));
    assertThat(send(NEXT, Channel.SMS)).isFalse();
    assertThat(calls).isEmpty();

    clock.move(Duration.ofSeconds(46));
    assertThat(send(NEXT, Channel.SMS)).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(ledger.find(instead)).map(Entry::state).contains(Entry.State.DOUBT);
    assertThat(toldBefore).map(LastNotified::fingerprint).contains(LastNotified.UNKNOWN);
    assertThat(memory.text()).contains("doubt#" + FIRST.key() + "#sms");
  }

  @Test
  void aMessageThatWasOvertakenWhileItWasWrittenIsNotSent() {
    rows.beforeWrite(
        () ->
            parts.changes.write(
                FIRST.root(),
                Optional.empty(),
                new ChangeRecord(1, Change.CANCELLED, "gone", true)));

    assertThat(send(FIRST, Channel.EMAIL)).isTrue();

    assertThat(calls).isEmpty();
    assertThat(ledger.find(FIRST.row(Channel.EMAIL))).map(Entry::external).contains("none");
  }

  /**
   * Other writers may keep changing the row that says what the patient was told. The message was
   * sent all the same.
   */
  @Test
  void aMessageThatWentOutIsSettledThoughNobodyCanRecordWhatItTold() {
    onCall = this::keepBusy;

    try (LogLines log = new LogLines()) {
      assertThat(send(FIRST, Channel.EMAIL)).isTrue();
      assertThat(log.text())
          .contains("told-not-recorded channel=email message=" + FIRST.key() + " code=contended")
          .contains("message-sent");
    }

    clock.move(Duration.ofSeconds(46));
    assertThat(send(FIRST, Channel.EMAIL)).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(ledger.find(FIRST.row(Channel.EMAIL))).map(Entry::external).contains("id-1");
    assertThat(memory.text()).doesNotContain("doubt#");
  }

  /** Somebody else writes the row before each write of ours. */
  private void keepBusy() {
    memory.update(
        RowKey.ofVisit(FIRST.root(), "heard#email"),
        row -> Optional.of(row.next(clock.instant().plus(Duration.ofDays(1)), Map.of("by", "x"))));
    rows.beforeWrite(this::keepBusy);
  }

  @Test
  void anOlderMessageWhoseWorkerGaveItBackIsSentByItsOwnNextDelivery() {
    Claim.Granted claim =
        ledger
            .claimOnce(FIRST.row(Channel.EMAIL), "", Duration.ofSeconds(45))
            .asGranted()
            .orElseThrow();
    clock.move(Duration.ofSeconds(46));
    rows.beforeWrite(() -> deliveries.release(claim));

    assertThat(send(NEXT, Channel.EMAIL)).isFalse();
    assertThat(calls).isEmpty();

    assertThat(send(FIRST, Channel.EMAIL)).isTrue();
    assertThat(calls).containsExactly("call");
    assertThat(memory.text()).doesNotContain("doubt#");
  }

  private boolean sendAfter(Duration passed) {
    Deadline deadline = parts.deadline();
    clock.move(passed);
    return parts.once.send(SendingParts.change(FIRST), Channel.EMAIL, deadline);
  }

  private boolean send(MessageRequest request, Channel channel) {
    return send(request, channel, "proposed");
  }

  private boolean send(MessageRequest request, Channel channel, String status) {
    return parts.once.send(SendingParts.change(request, status), channel, parts.deadline());
  }

  private static void die() {
    throw new IllegalStateException("killed");
  }

  private DeliveryResult call(RenderedMessage message) {
    if (dies) {
      die();
    }
    calls.add("call");
    onCall.run();
    Channel channel =
        message.fold(mail -> Channel.EMAIL, text -> Channel.SMS, chart -> Channel.CHART);
    toldBefore = ordering.lastNotified(channel, FIRST.root());
    return answer;
  }
}
