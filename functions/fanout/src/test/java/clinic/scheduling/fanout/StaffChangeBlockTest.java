package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Entry;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.Coding;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.meetings.block.BlockOutcome;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.compare.ChangedBlocks;
import clinic.scheduling.meetings.plan.BlockEffect;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * If staff change a block of a meeting, the notice of Canvas starts a round of the clinician's
 * calendar. Notices of our own writes start none.
 */
@QuarkusTest
class StaffChangeBlockTest extends SyncCase {
  private static final Duration A_WHILE = Duration.ofMinutes(2);
  private static final String BLOCK = "0123456789abcdef0123456789abcdef";
  private static final Phi<String> BUSY = Phi.of("Busy");
  private static final int WITH_INGRID = 2;

  @Inject EffectRunner effects;
  @Inject SignedTokens tokens;
  @Inject MemoryQueue<CalendarChange> calendarChanges;
  private Practice practice;
  private SyncCalendars usual;

  @BeforeEach
  void meetingsBlockTime() {
    usual = function;
    calendarChanges.clear();
    practise("");
  }

  @AfterEach
  void asBefore() {
    function = usual;
  }

  @Test
  void ourOwnWritesStartNoRound() {
    String block = created();
    deliver(block);
    put(later());
    deliver(block);
    clock.move(A_WHILE);
    deliver(block);
    assertThat(blocks().cancel(INGRID, new BlockEffect.Cancel(BLOCK, Optional.empty())).isSettled())
        .isTrue();
    deliver(block);

    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(messages.sent()).isEmpty();
    assertThat(postponed.seconds()).isEmpty();
  }

  @Test
  void aBlockThatStaffCancelStartsOneRound() {
    String block = created();
    clock.move(A_WHILE);
    staff().cancel(block);

    deliver(block);

    assertThat(calendarChanges.sent()).extracting(CalendarChange::binding).containsExactly(first());
    assertThat(calendarChanges.sent().get(0).provider()).isEqualTo("outlook");
    assertThat(row().state()).isEqualTo(Entry.State.OPEN);
    assertThat(log.text()).contains("block-changed");

    deliver(block);
    assertThat(calendarChanges.sent()).as("the same notice again").hasSize(1);
  }

  @Test
  void aBlockThatStaffMoveStartsOneRound() {
    String block = created();
    clock.move(A_WHILE);
    String moved = staff().reschedule(block, later().start(), Optional.empty(), Optional.empty());

    assertThat(deliver(moved)).isEmpty();
    assertThat(deliver(block)).isEmpty();

    assertThat(calendarChanges.sent()).hasSize(1);
    assertThat(messages.sent()).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void ifThePracticeLetsStaffFreeTimeNothingIsStarted() {
    practise("\"staffMayFree\": true");
    String block = created();
    clock.move(A_WHILE);
    staff().cancel(block);

    deliver(block);

    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(row().isDone()).isTrue();
  }

  @Test
  void aBlockInDoubtIsLeftToItsNextRound() {
    String block = created();
    clock.move(A_WHILE);
    staff().cancel(block);
    Ledger ledger = new Ledger(rows, clock);
    ledger
        .claim(MeetingStore.blockKey(INGRID, BLOCK), "another", LEASE)
        .fold(
            granted -> ledgerInDoubt(ledger, granted.fence()),
            doubt -> false,
            done -> false,
            busy -> false);
    assertThat(row().state()).isEqualTo(Entry.State.DOUBT);

    deliver(block);

    assertThat(calendarChanges.sent()).isEmpty();
    assertThat(row().state()).isEqualTo(Entry.State.DOUBT);
  }

  private static boolean ledgerInDoubt(Ledger ledger, clinic.scheduling.core.ledger.Fence fence) {
    ledger.doubt(fence);
    return true;
  }

  /** Canvas may show it as it was before our write. */
  @Test
  void aBlockThatWasWrittenJustNowIsReadOnceMoreBeforeAnythingIsDone() {
    String block = created();
    staff().cancel(block);

    assertThat(deliver(block, "m-1")).hasSize(1);
    assertThat(calendarChanges.sent()).isEmpty();
    clock.move(LEASE);
    assertThat(deliver(block, "m-1")).isEmpty();

    assertThat(calendarChanges.sent()).hasSize(1);
  }

  private void practise(String more) {
    practice = read(more);
    ChangedBlocks changed =
        new ChangedBlocks(
            rows,
            new PendingWork(rows, clock),
            new CreationLimits(rows, clock),
            practice,
            () -> OutsideWorld.SYSTEM,
            tokens,
            clock);
    function =
        new SimulatedFanout(
                rows,
                changes,
                messages,
                postponed,
                "queue",
                practice,
                mapper,
                clock,
                10,
                (int) LEASE.toSeconds())
            .on(
                canvas,
                new DuplicateBooking(
                    canvas, new BookingJournal(rows, clock), () -> OutsideWorld.SYSTEM),
                SimulatedReader.on(canvas, practice, clock, OutsideWorld.SYSTEM),
                effects,
                changed,
                calendarChanges);
  }

  private Practice read(String more) {
    try {
      JsonNode document = mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
      ((ObjectNode) document)
          .set(
              "meetings",
              mapper.readTree(
                  "{\"eventType\": {\"system\": \"http://snomed.info/sct\", \"code\": \"272379006\","
                      + " \"display\": \"Generic event\"}"
                      + (more.isEmpty() ? "" : ", " + more)
                      + "}"));
      for (int n = 0; n < WITH_INGRID; n++) {
        ((ObjectNode) document.path("practitioners").path(0).path("calendars").path(n))
            .put("direction", "both");
      }
      return PracticeReader.read(document.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String first() {
    return practice.calendarsThatBlock(INGRID).stream()
        .map(CalendarBinding::key)
        .findFirst()
        .orElseThrow();
  }

  private BlockRunner blocks() {
    return new BlockRunner(canvas, rows, practice, () -> OutsideWorld.SYSTEM, clock, () -> LEASE);
  }

  private String created() {
    put(Interval.of(start(), Duration.ofHours(1)));
    return row().external();
  }

  private Interval later() {
    return Interval.of(start().plus(Duration.ofDays(1)), Duration.ofHours(1));
  }

  private void put(Interval time) {
    Coding type = practice.meetings().eventType().orElseThrow();
    WantedBlock.Title title =
        new WantedBlock.Title(Digest.of("block-title", "Busy"), Optional.of("Busy"), "event");
    BlockOutcome outcome =
        blocks().put(INGRID, new WantedBlock(BLOCK, time, type, title, first(), false), BUSY);
    assertThat(outcome.isSettled()).isTrue();
  }

  private Entry row() {
    return new Ledger(rows, clock).find(MeetingStore.blockKey(INGRID, BLOCK)).orElseThrow();
  }
}
