package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.meetings.rows.MeetingStore;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Meetings block time in Canvas, and free it when they go. */
@QuarkusTest
class MirrorMeetingsTest extends MirrorCase {

  @Test
  void aMeetingBecomesABlock() {
    outlook.put(MAILBOX, meeting("a", hour(3)));

    mirrorBoth();

    Appointment block = standing().get(0);
    assertThat(times()).containsExactly(hour(3));
    assertThat(block.patient()).isEmpty();
    assertThat(block.description()).isEqualTo(Phi.of("Busy"));
    assertThat(block.identifierOf(MirrorWorld.SYSTEM))
        .contains("block-" + block(meeting("a", hour(3))) + "-0");
  }

  @Test
  void itMovesAndGoesWithTheMeeting() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String id = blocks().get(0).appointment();

    outlook.put(MAILBOX, meeting("a", hour(5)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(5));
    assertThat(blocks().get(0).appointment()).as("the same appointment").isEqualTo(id);

    outlook.remove(MAILBOX, "a");
    mirrorBoth();
    assertThat(standing()).isEmpty();
  }

  @Test
  void theSameMeetingInBothCalendarsHasOneBlock() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    google.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    outlook.remove(MAILBOX, "a");
    mirrorBoth();
    assertThat(times()).containsExactly(hour(3));

    google.remove(MAILBOX, "a");
    mirrorBoth();
    assertThat(times()).isEmpty();
  }

  @Test
  void anIdleRoundIsOneCall() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    mirrorBoth();
    int before = outlook.rounds();
    String canvasBefore = log.text();

    deliver(Provider.OUTLOOK);

    assertThat(outlook.rounds() - before).isEqualTo(1);
    assertThat(log.text().substring(canvasBefore.length())).doesNotContain("resource=Appointment");
    assertThat(outlook.fullRounds()).isEqualTo(1);
  }

  @Test
  void nothingIsCancelledBeforeBothCalendarsWereRead() {
    google.put(MAILBOX, meeting("a", hour(3)));
    outlook.put(MAILBOX, meeting("a", hour(3)));
    deliver(Provider.OUTLOOK);
    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);
    assertThat(times()).containsExactly(hour(3));

    deliver(Provider.GOOGLE);
    assertThat(times()).containsExactly(hour(3));
  }

  @Test
  void subjectsAreShownOnlyIfThePracticeAsksForThem() {
    practise("both", ", \"subject\": true");
    Meeting meeting = meeting("a", hour(3));
    outlook.put(MAILBOX, meeting);

    mirrorBoth();

    assertThat(standing().get(0).description()).isEqualTo(Phi.of("canary subject of a"));
    assertThat(rows.text()).doesNotContain("canary");
    assertThat(log.text()).doesNotContain("canary");
  }

  @Test
  void aSubjectThatIsNotAtHandIsReadAgain() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    practise("both", ", \"subject\": true");

    mirrorBoth();

    assertThat(standing().get(0).description()).isEqualTo(Phi.of("canary subject of a"));
    assertThat(outlook.fullRounds()).isEqualTo(2);
  }

  @Test
  void aDryRunChangesNothing() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    outlook.put(MAILBOX, meeting("a", hour(4)));
    outlook.put(MAILBOX, meeting("b", hour(5)));
    MeetingStore store = new MeetingStore(rows, clock);
    var before = store.meetings(INGRID, binding(Provider.OUTLOOK));
    var blocksBefore = store.blocks(INGRID);

    assertThat(
            deliver(
                new CalendarChange(
                    1,
                    "outlook",
                    binding(Provider.OUTLOOK),
                    clock.instant().toString(),
                    null,
                    true,
                    null)))
        .isEmpty();

    assertThat(times()).containsExactly(hour(3));
    assertThat(store.meetings(INGRID, binding(Provider.OUTLOOK))).isEqualTo(before);
    assertThat(store.blocks(INGRID)).isEqualTo(blocksBefore);
    assertThat(log.text())
        .contains("dry-run-effect effect=MOVE", "dry-run-effect effect=CREATE")
        .doesNotContain("canary");
  }

  @Test
  void aMessageThatIsNoneIsRefused() {
    assertThat(deliver(CalendarChange.of("outlook", "not a binding", clock.instant()))).hasSize(1);
    assertThat(log.errors()).contains("bad-change");
  }
}
