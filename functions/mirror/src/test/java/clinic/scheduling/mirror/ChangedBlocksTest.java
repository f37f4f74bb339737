package clinic.scheduling.mirror;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.meetings.compare.ChangedBlocks;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.sandbox.canvas.World;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After a notice of Canvas, one round of one calendar puts right what staff did to a block. */
@QuarkusTest
class ChangedBlocksTest extends MirrorCase {
  private static final Duration A_WHILE = Duration.ofMinutes(2);

  private final List<RowKey> read = new ArrayList<>();

  @Test
  void aCancelledBlockIsBackAfterOneRoundWithOneCall() {
    String block = created();
    staff().cancel(block);

    int calls = roundOf(reopened(block));

    assertThat(times()).containsExactly(hour(3));
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void afterwardsARoundIsIdleAgain() {
    String block = created();
    staff().cancel(block);
    roundOf(reopened(block));
    sandbox.canvas().faults().add(status(503, "GET", "/Appointment").times(9));

    int calls = roundOf(practice.calendarsThatBlock(INGRID).get(0));

    assertThat(calls).as("and nothing of Canvas is read").isEqualTo(1);
    assertThat(log.errors()).isEmpty();
  }

  @Test
  void aDeletedBlockIsBackAfterOneRound() {
    String block = created();
    staff().delete(block);

    roundOf(reopened(block));

    assertThat(
            blocks().stream()
                .filter(one -> !one.appointment().equals(block)) // Canvas still returns it
                .map(ShownBlock::time))
        .containsExactly(hour(3));
  }

  @Test
  void aBlockThatStaffMoveGoesBack() {
    String block = created();
    String moved = moved(block, Optional.empty());

    roundOf(reopened(moved));

    assertThat(standing().stream().flatMap(one -> one.time().stream())).containsExactly(hour(3));
    assertThat(notice(moved)).as("our own write").isEmpty();
    clock.move(A_WHILE);
    assertThat(notice(moved)).isEmpty();
    assertThat(notice(block)).isEmpty();
  }

  @Test
  void aBlockThatStaffMoveTwiceGoesBackTwice() {
    String first = moved(created(), Optional.empty());
    roundOf(reopened(first));
    clock.move(A_WHILE);

    String second = moved(first, Optional.empty());
    roundOf(reopened(second));

    assertThat(standing().stream().flatMap(one -> one.time().stream())).containsExactly(hour(3));
  }

  @Test
  void aBlockThatStaffGiveToAnotherClinicianComesBack() {
    String block = created();
    String moved = moved(block, Optional.of(World.OMAR));
    assertThat(times()).isEmpty();

    roundOf(reopened(moved));

    assertThat(standing().stream().flatMap(one -> one.time().stream())).containsExactly(hour(3));
  }

  @Test
  void aBlockThatStaffRenameGetsItsTitleBack() {
    String block = created();
    Versioned<Appointment> now = canvas.appointment(block).orElseThrow();
    canvas.update(block, titled(now.resource(), "canary lunch"), now.at());

    roundOf(reopened(block));

    assertThat(standing()).extracting(Appointment::description).contains(Phi.of("Busy"));
  }

  @Test
  void aBlockOfAMeetingThatHasGoneDoesNotComeBackWithStaffsHelp() {
    String block = created();
    outlook.remove(MAILBOX, "a");
    mirrorBoth();
    assertThat(notice(block)).as("our own write").isEmpty();
    clock.move(A_WHILE);
    staff().restore(block);
    assertThat(times()).containsExactly(hour(3));

    roundOf(reopened(block));

    assertThat(times()).isEmpty();
  }

  @Test
  void ifThePracticeLetsThemNothingIsReadAndTheBlockStaysAsTheyLeftIt() {
    practise("both", ", \"staffMayFree\": true");
    String block = created();
    staff().cancel(block);

    assertThat(notice(block)).isEmpty();

    assertThat(read).isEmpty();
    mirrorBoth();
    assertThat(times()).isEmpty();
  }

  @Test
  void ourOwnWritesCostOneReadOfARow() {
    String block = created();

    assertThat(notice(block)).isEmpty();

    assertThat(read).hasSize(1);
    outlook.put(MAILBOX, meeting("a", hour(4)));
    mirrorBoth();
    assertThat(notice(block)).as("we have moved it").isEmpty();
    assertThat(read).hasSize(2);
  }

  @Test
  void aSecondIdenticalNoticeChangesNothing() {
    String block = created();
    staff().cancel(block);
    reopened(block);

    assertThat(notice(block)).isEmpty();
  }

  @Test
  void aBlockWrittenJustNowIsReadOnceMoreLater() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    String block = blocks().get(0).appointment();
    staff().cancel(block);

    assertThatThrownBy(() -> notice(block)).isInstanceOf(UnavailableException.class);
    clock.move(Duration.ofSeconds(10));

    assertThat(notice(block)).isPresent();
  }

  @Test
  void aBlockThatAWorkerIsWritingIsLeftToThatWorker() {
    String block = created();
    RowKey key = MeetingStore.blockKey(INGRID, blocks().get(0).name().block());
    staff().cancel(block);
    new clinic.scheduling.core.ledger.Ledger(rows, clock).claim(key, "another", LEASE);

    assertThat(notice(block)).isEmpty();
  }

  @Test
  void aCopyOfABlockIsLeftToReconciliation() {
    String block = created();
    canvas.create(canvas.appointment(block).orElseThrow().resource().withId(null));
    String copy =
        blocks().stream()
            .map(ShownBlock::appointment)
            .filter(id -> !id.equals(block))
            .findFirst()
            .orElseThrow();
    staff().cancel(copy);

    assertThat(notice(copy)).isEmpty();
  }

  @Test
  void staffWhoCancelItAgainAndAgainStopTheCalendar() {
    String block = created();
    for (int n = 0; n < 4; n++) {
      staff().cancel(block);
      roundOf(reopened(block));
      clock.move(A_WHILE);
      block = blocks().stream().map(ShownBlock::appointment).findFirst().orElse("");
    }

    assertThat(block).as("there is none").isEmpty();
    assertThat(log.errors()).contains("meetings-stopped", "guard=loop");
  }

  @Test
  void aBlockThatIsMovedAgainAndAgainIsLeftToReconciliation() {
    String block = created();
    for (int n = 0; n < 10; n++) {
      block = moved(block, Optional.empty());
      roundOf(reopened(block));
      clock.move(A_WHILE);
    }
    String last = moved(block, Optional.empty());

    assertThat(notice(last)).isEmpty();

    assertThat(log.errors()).contains("block-changed-too-often");
  }

  /** A round that has read the rows before the row is reopened must not forget the block. */
  @Test
  void aRoundThatEndsMeanwhileLeavesTheBlockToTheNextOne() {
    String block = created();
    PendingWork pending = new PendingWork(rows, clock);
    PendingWork.Begun before = pending.begin(INGRID);
    staff().cancel(block);
    CalendarBinding calendar = reopened(block);
    pending.end(INGRID, "any", before);

    roundOf(calendar);

    assertThat(times()).containsExactly(hour(3));
  }

  /** One meeting with its block, which was written a while ago. */
  private String created() {
    outlook.put(MAILBOX, meeting("a", hour(3)));
    mirrorBoth();
    clock.move(A_WHILE);
    return blocks().get(0).appointment();
  }

  private String moved(String block, Optional<String> practitioner) {
    return staff().reschedule(block, hour(5).start(), Optional.empty(), practitioner);
  }

  private CalendarBinding reopened(String appointment) {
    return notice(appointment).orElseThrow();
  }

  /** What fanout asks at a notice about this appointment. */
  private Optional<CalendarBinding> notice(String appointment) {
    return new ChangedBlocks(
            new CountedReads(),
            new PendingWork(rows, clock),
            new CreationLimits(rows, clock),
            practice,
            system,
            tokens,
            clock)
        .reopen(VisitThread.of(appointment, canvas).orElseThrow());
  }

  /** One round, and the calls to the calendars that it takes. */
  private int roundOf(CalendarBinding calendar) {
    int before = outlook.rounds() + google.rounds();
    assertThat(calendar.key()).isEqualTo(binding(Provider.OUTLOOK));
    assertThat(deliver(calendar.provider())).isEmpty();
    return outlook.rounds() + google.rounds() - before;
  }

  private static Appointment titled(Appointment one, String title) {
    Interval time = one.time().orElseThrow();
    return new Appointment(
        one.resourceType(),
        one.id(),
        null,
        one.identifiers(),
        "booked",
        one.appointmentType(),
        null,
        Phi.of(title),
        one.supportingInformation(),
        time.start().toString(),
        time.end().toString(),
        one.participant());
  }

  /** Remembers which rows are read. */
  private final class CountedReads implements Rows {
    @Override
    public Optional<Row> read(RowKey key) {
      read.add(key);
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      throw new AssertionError("no page is read");
    }

    @Override
    public boolean write(List<Row> wanted) {
      return rows.write(wanted);
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      return rows.count(key, limit, expires);
    }
  }
}
