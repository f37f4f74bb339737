package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.DeliverMessage.DeliveryResult;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fault or a stranger cannot make us send messages without end. A message beyond a cap is not
 * lost.
 */
class MessageLimitsTest {
  private static final int ALL = 10;
  private static final int OWN = 4;

  private final MovableClock clock = MovableClock.at("2026-11-23T17:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);
  private final Practice practice =
      PracticeReader.read(
          Samples.practiceJson()
              .replaceAll(
                  "\"caps\": \\{[^}]*}",
                  "\"caps\": {\"smsPerDay\": 10, \"emailsPerDay\": 10,"
                      + " \"smsPerContactPerDay\": 4, \"emailsPerContactPerDay\": 4}"));
  private final MessageLimits caps = new MessageLimits(rows, practice, clock);
  private int messages = 1_000;
  private final List<String> calls = new ArrayList<>();
  private final SendingParts parts =
      new SendingParts(
          rows,
          practice,
          clock,
          message -> {
            calls.add("call");
            return new DeliveryResult.Accepted("id-1");
          });

  /**
   * The recipient of a message.
   *
   * @param isCancellation whether the message says that the visit is cancelled
   */
  private record Receiver(String contact, boolean isCancellation) {}

  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"EMAIL", "SMS"})
  void soManyGoOutInADayHoweverManyAreAtItAtOnce(Channel channel) {
    long out =
        IntStream.range(0, 200)
            .parallel()
            .filter(n -> count(caps, channel, to("contact-" + n), message(n)).isEmpty())
            .count();

    assertThat(out).isEqualTo(ALL);
  }

  @Test
  void oneContactPointGetsItsOwnNumberAndLeavesRoomForOthers() {
    long out = IntStream.range(0, 9).filter(n -> isOut(to("one"))).count();

    assertThat(out).isEqualTo(OWN);
    assertThat(isOut(to("another"))).isTrue();
  }

  @Test
  void fourFifthsAreSaid() {
    try (LogLines log = new LogLines()) {
      IntStream.range(0, 8).forEach(n -> isOut(to("contact-" + n)));
      assertThat(log.text()).doesNotContain("message-cap");
      isOut(to("contact-8"));
      assertThat(log.text()).contains("message-cap-near channel=sms cap=10");
      IntStream.range(9, 11).forEach(n -> isOut(to("contact-" + n)));
      assertThat(log.text()).contains("message-cap-reached channel=sms cap=10");
    }
  }

  @Test
  void aCancellationGoesOutBeyondTheCap() {
    IntStream.range(0, 30).forEach(n -> isOut(to("contact-" + n)));

    assertThat(isOut(new Receiver("p", true))).isTrue();
    assertThat(IntStream.range(0, 30).filter(n -> isOut(new Receiver("q" + n, true)))).hasSize(2);
    assertThat(isOut(to("r"))).isFalse();
  }

  @Test
  void aMessageThatIsTriedAgainIsCountedOnce() {
    for (int tries = 0; tries < 24; tries++) {
      assertThat(count(caps, Channel.SMS, to("one"), message(7))).isEmpty();
    }

    assertThat(IntStream.range(0, 9).filter(n -> isOut(to("one")))).hasSize(OWN - 1);
  }

  /**
   * A message that waits for the cap of the practice counts only once against the cap of its
   * patient.
   */
  @Test
  void waitingAtTheCapOfAllUsesNothingOfOnesOwn() {
    IntStream.range(0, ALL).forEach(n -> isOut(to("contact-" + n)));
    for (int hour = 0; hour < 12; hour++) {
      assertThat(count(caps, Channel.SMS, to("mine"), message(7))).isPresent();
    }
    Practice raised =
        PracticeReader.read(
            Samples.practiceJson()
                .replaceAll(
                    "\"caps\": \\{[^}]*}",
                    "\"caps\": {\"smsPerDay\": 100, \"emailsPerDay\": 100,"
                        + " \"smsPerContactPerDay\": 4, \"emailsPerContactPerDay\": 4}"));
    MessageLimits more = new MessageLimits(rows, raised, clock);

    assertThat(count(more, Channel.SMS, to("mine"), message(7))).isEmpty();
    assertThat(count(more, Channel.SMS, to("mine"), message(7))).isEmpty();
    assertThat(
            IntStream.range(100, 109)
                .filter(n -> count(more, Channel.SMS, to("mine"), message(n)).isEmpty()))
        .hasSize(OWN - 1);
  }

  /** Messages beyond the cap of one patient do not count against the cap of the practice. */
  @Test
  void waitingAtOnesOwnCapUsesNothingOfTheCapOfAll() {
    IntStream.range(0, 30).forEach(n -> isOut(to("one")));

    assertThat(IntStream.range(0, 30).filter(n -> isOut(to("contact-" + n)))).hasSize(ALL - OWN);
  }

  @Test
  void theNextDayBeginsAnew() {
    IntStream.range(0, 30).forEach(n -> isOut(to("contact-" + n)));
    assertThat(isOut(to("p"))).isFalse();

    clock.move(Duration.ofHours(16));

    assertThat(isOut(to("p"))).isTrue();
  }

  @Test
  void whatIsBeyondWaitsAndIsListedAndGoesOutLater() {
    IntStream.range(0, 30).forEach(n -> isOut(to("contact-" + n)));

    assertThat(send()).as("settled for now").isTrue();
    assertThat(calls).isEmpty();
    assertThat(rows.readStartingWith("trouble#2026-11-23", "", Rows.PAGE).toString())
        .contains("capped#appt-1#0#sms", "visit=appt-1");
    assertThat(due(clock.instant().plus(Duration.ofHours(1)))).containsExactly("appt-1#0");

    clock.move(Duration.ofHours(16));
    assertThat(send()).isTrue();
    assertThat(send()).isTrue();
    assertThat(calls).as("once").hasSize(1);
  }

  private boolean send() {
    return parts.once.send(
        SendingParts.change(Samples.request(Change.BOOKED, 0)), Channel.SMS, parts.deadline());
  }

  private List<String> due(Instant at) {
    List<String> due = new ArrayList<>();
    new DeferredMessages(rows, clock)
        .handOver(
            clock.instant(),
            at,
            page -> {
              page.forEach(one -> due.add(one.request().messageKey()));
              return true;
            });
    return due;
  }

  private static Optional<Instant> count(
      MessageLimits limits, Channel channel, Receiver receiver, RowKey message) {
    return limits.count(channel, receiver.contact(), receiver.isCancellation(), message);
  }

  private boolean isOut(Receiver receiver) {
    return count(caps, Channel.SMS, receiver, message(messages++)).isEmpty();
  }

  private static RowKey message(int number) {
    return RowKey.ofVisit("v-" + number, "message#0#sms");
  }

  private static Receiver to(String contact) {
    return new Receiver(contact, false);
  }
}
