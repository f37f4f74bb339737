package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, and wherever a worker dies: in the end there is one block for each meeting. */
@QuarkusTest
class BlockTroubleTest extends MirrorCase {
  private static final int MOST_WRITES = 60;

  /** What people do while a worker dies. */
  enum Step {
    MAKE,
    MOVE,
    REMOVE
  }

  /** The worker dies before its first, second, third… write to the table. */
  @ParameterizedTest
  @EnumSource(Step.class)
  void aWorkerMayDieAtAnyWrite(Step step) {
    int writes = 0;
    boolean isOver = false;
    while (!isOver && writes < MOST_WRITES) {
      anEmptyWorld();
      prepare(step);
      rows.loseAfter(writes);
      isOver = deliver(Provider.OUTLOOK).isEmpty();
      rows.recover();
      settle();

      assertThat(times()).as("after %d writes", writes).isEqualTo(expected(step));
      assertThat(sandbox.canvas().appointmentTexts().stream().filter(it -> it.contains("block-")))
          .as("after %d writes", writes)
          .hasSizeLessThanOrEqualTo(2);
      log.close();
      writes++;
    }
    assertThat(writes).as("boundaries").isBetween(5, MOST_WRITES - 1);
  }

  private void prepare(Step step) {
    outlook.put(MAILBOX, meeting("other", hour(9)));
    if (step != Step.MAKE) {
      outlook.put(MAILBOX, meeting("a", hour(3)));
    }
    mirrorBoth();
    switch (step) {
      case MAKE -> outlook.put(MAILBOX, meeting("a", hour(3)));
      case MOVE -> outlook.put(MAILBOX, meeting("a", hour(4)));
      case REMOVE -> outlook.remove(MAILBOX, "a");
    }
  }

  private static List<Interval> expected(Step step) {
    return switch (step) {
      case MAKE -> List.of(hour(3), hour(9));
      case MOVE -> List.of(hour(4), hour(9));
      case REMOVE -> List.of(hour(9));
    };
  }

  /** The messages come back until they succeed. */
  private void settle() {
    for (int n = 0; n < 7; n++) {
      clock.move(LEASE.plusSeconds(1));
      deliver(Provider.OUTLOOK);
    }
    assertThat(deliver(Provider.OUTLOOK)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"CUT", "CUT_AFTER_EFFECT", "STATUS", "EMPTY_BODY", "HTML"})
  void aCreateWithoutAClearAnswerMakesOneBlock(Fault.Kind kind) {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    sandbox.canvas().faults().add(Fault.once(kind, "POST", "/Appointment"));

    deliver(Provider.OUTLOOK);
    settle();

    assertThat(times()).containsExactly(hour(3));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"CUT", "CUT_AFTER_EFFECT", "STATUS"})
  void aChangeWithoutAClearAnswerIsRepeated(Fault.Kind kind) {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    outlook.put(MAILBOX, meeting("a", hour(4)));
    sandbox.canvas().faults().add(Fault.once(kind, "PUT", "/Appointment"));

    deliver(Provider.OUTLOOK);
    settle();

    assertThat(times()).containsExactly(hour(4));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {"CUT", "CUT_AFTER_EFFECT", "STATUS"})
  void aCancellationWithoutAClearAnswerIsRepeated(Fault.Kind kind) {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    outlook.remove(MAILBOX, "a");
    sandbox.canvas().faults().add(Fault.once(kind, "PUT", "/Appointment"));

    deliver(Provider.OUTLOOK);
    settle();

    assertThat(times()).isEmpty();
  }

  /** A search without a result proves nothing for a while. */
  @Test
  void aCreateThatMayStillTakeEffectIsWaitedFor() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.CUT, "POST", "/Appointment"));
    assertThat(deliver(Provider.OUTLOOK)).hasSize(1);
    clock.move(Duration.ofSeconds(10));

    assertThat(deliver(Provider.OUTLOOK)).as("it may still come up").hasSize(1);
    assertThat(times()).isEmpty();
    clock.move(Duration.ofSeconds(31));
    assertThat(deliver(Provider.OUTLOOK)).isEmpty();

    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void aMovedMeetingWhoseBlockIsNotShownYetMakesNoSecondBlock() {
    sandbox.canvas().toggles().set(Toggle.READ_LAG_SECONDS, 3_600);
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);
    outlook.put(MAILBOX, meeting("a", hour(4)));
    deliver(Provider.OUTLOOK);

    sandbox.canvas().toggles().reset();
    settle();

    assertThat(times()).containsExactly(hour(4));
  }

  /** Whoever is told of a full mailbox later than others has nothing to lose. */
  @ParameterizedTest
  @ValueSource(ints = {401, 500, 503})
  void canvasMayRefuseForAWhile(int status) {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    sandbox.canvas().faults().add(Fault.status(status, "GET", "/Appointment").times(3));
    sandbox.canvas().faults().add(Fault.status(status, "POST", "/Appointment").times(2));

    deliver(Provider.OUTLOOK);
    clock.move(Duration.ofMinutes(6));
    settle();

    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void twoMeetingsThatSwapTheirTimesSwapTheirBlocksThoughDoubleBookingIsOff() {
    sandbox.canvas().toggles().set(Toggle.DOUBLE_BOOKING, false);
    outlook.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("b", hour(4)));
    mirrorBoth();
    Meeting gone = meeting("a", hour(5));
    outlook.put(MAILBOX, gone);
    outlook.put(MAILBOX, meeting("b", hour(3)));

    assertThat(deliver(Provider.OUTLOOK)).isEmpty();

    assertThat(times()).containsExactly(hour(3), hour(5));
  }
}
