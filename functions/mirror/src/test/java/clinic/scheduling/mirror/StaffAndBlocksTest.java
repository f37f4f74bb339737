package clinic.scheduling.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.compare.CompareMeetings;
import clinic.scheduling.meetings.compare.FreshMeetings;
import clinic.scheduling.meetings.compare.MeetingFinding;
import clinic.scheduling.meetings.compare.MeetingFinding.Kind;
import clinic.scheduling.meetings.compare.MeetingReport;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What staff do to blocks is put right, unless the practice lets them. */
@QuarkusTest
class StaffAndBlocksTest extends MirrorCase {
  private static final Duration A_WHILE = Duration.ofMinutes(2);

  @Test
  void nothingIsFoundIfAllIsRight() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    google.put(MAILBOX, meeting("b", hour(4)));
    mirrorBoth();

    MeetingReport report = compare();

    assertThat(report.isClean()).isTrue();
    assertThat(report.meetings()).isEqualTo(2);
    assertThat(report.blocks()).isEqualTo(2);
  }

  @Test
  void aBlockThatStaffCancelComesBackUnderANewName() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    staff().cancel(blocks().get(0).appointment());
    clock.move(A_WHILE);

    assertThat(kinds(repaired())).containsExactly(Kind.MISSING);

    assertThat(times()).containsExactly(hour(3));
    assertThat(blocks().get(0).name().generation()).isEqualTo(1);
    assertThat(compare().isClean()).isTrue();
  }

  @Test
  void aBlockThatStaffMoveGoesBack() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    staff()
        .reschedule(
            blocks().get(0).appointment(), hour(5).start(), Optional.empty(), Optional.empty());
    clock.move(A_WHILE);

    repaired();

    assertThat(standing().stream().flatMap(one -> one.time().stream())).containsExactly(hour(3));
    assertThat(compare().isClean()).isTrue();
  }

  @Test
  void ifThePracticeLetsThemItStaysAsTheyLeftIt() {
    practise("both", ", \"staffMayFree\": true");
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    staff().cancel(blocks().get(0).appointment());
    clock.move(A_WHILE);

    assertThat(compare().findings()).isEmpty();
    mirrorBoth();
    assertThat(times()).isEmpty();

    outlook.put(MAILBOX, meeting("a", hour(6)));
    mirrorBoth();
    assertThat(times()).as("the meeting itself has changed").containsExactly(hour(6));
  }

  @Test
  void aBlockWithoutAMeetingIsCancelled() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String cancelled = blocks().get(0).appointment();
    outlook.remove(MAILBOX, "a");
    mirrorBoth();
    staff().restore(cancelled);
    assertThat(times()).containsExactly(hour(3));
    clock.move(A_WHILE);

    assertThat(kinds(repaired())).containsExactly(Kind.UNEXPECTED);

    assertThat(times()).isEmpty();
  }

  /** As after a restored backup. */
  @Test
  void aBlockThatTheTableDoesNotHaveIsAdopted() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String before = blocks().get(0).appointment();
    new MeetingStore(rows, clock)
        .forgetBlocks(
            INGRID,
            List.of(blocks().get(0).name().block()),
            Deadline.in(Duration.ofMinutes(1), clock));

    assertThat(kinds(repaired())).containsExactly(Kind.UNTRACKED);

    assertThat(blocks()).hasSize(1);
    assertThat(blocks().get(0).appointment()).isEqualTo(before);
    assertThat(compare().isClean()).isTrue();
  }

  @Test
  void aBlockThatCanvasHasTwiceIsCancelledOnce() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    Appointment first = standing().get(0);
    canvas.create(first.withId(null));
    assertThat(times()).hasSize(2);
    clock.move(A_WHILE);

    assertThat(kinds(repaired())).containsExactly(Kind.DUPLICATE);

    assertThat(standing()).extracting(Appointment::id).containsExactly(first.id());
    assertThat(compare().isClean()).isTrue();
  }

  @Test
  void aCalendarThatCannotBeReadShowsNoBlockAsUnexpected() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    outlook.clear(MAILBOX);
    google.fail(new clinic.scheduling.calendars.CalendarOutcome.Denied("no-access"));

    MeetingReport report = compare();

    assertThat(report.findings()).isEmpty();
    assertThat(report.unread()).containsOnlyKeys(binding(Provider.GOOGLE));
    assertThat(report.isClean()).isFalse();
  }

  /** Whatever the table says: an appointment with a patient is not ours. */
  @Test
  void aVisitOfAPatientIsNeverTouched() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String visit = Visits.book(canvas, hour(7));
    Row row =
        rows.read(MeetingStore.blockKey(INGRID, blocks().get(0).name().block())).orElseThrow();
    new Ledger(rows, clock).correct(row, visit, 0);
    outlook.put(MAILBOX, meeting("a", hour(4)));
    deliver(Provider.OUTLOOK);
    assertThat(log.errors()).contains("block-refused", "code=of-a-patient");

    outlook.remove(MAILBOX, "a");
    deliver(Provider.OUTLOOK);

    clock.move(Duration.ofMinutes(10));
    deliver(Provider.OUTLOOK);

    assertThat(log.errors()).contains("block-not-cancelled", "code=of-a-patient");
    assertThat(log.errors().split("block-not-cancelled", -1)).as("an error once").hasSize(2);
    assertThat(log.text()).contains("block-still-not-cancelled");
    Appointment after = canvas.appointment(visit).orElseThrow().resource();
    assertThat(after.status()).isEqualTo("proposed");
    assertThat(after.time()).contains(hour(7));
  }

  private MeetingReport repaired() {
    MeetingReport report = compare();
    assertThat(comparison().repair(INGRID, report, time -> true).undone()).isZero();
    mirrorBoth();
    return report;
  }

  private MeetingReport compare() {
    Instant from = clock.instant().minus(Duration.ofDays(1));
    return comparison()
        .compare(INGRID, new Interval(from, from.plus(Duration.ofDays(60))), standing());
  }

  private CompareMeetings comparison() {
    return new CompareMeetings(
        new FreshMeetings(
            SimulatedRounds.on(rows, List.of(outlook, google), clock, (int) LEASE.toSeconds()),
            practice,
            tokens),
        new MeetingStore(rows, clock),
        new Conflicts(rows, clock),
        new PendingWork(rows, clock),
        new BlockRunner(canvas, rows, practice, system, clock, () -> LEASE),
        rows,
        practice,
        system,
        tokens,
        clock);
  }

  private static List<Kind> kinds(MeetingReport report) {
    return report.findings().stream().map(MeetingFinding::kind).toList();
  }
}
