package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.calendars.Calendars;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.calendars.effect.SimulatedRounds;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.compare.CompareMeetings;
import clinic.scheduling.meetings.compare.FreshMeetings;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.PendingWork;
import clinic.scheduling.upkeep.ResumePoint;
import clinic.scheduling.upkeep.Task;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Builds the real task for the simulation.
 *
 * @param pause waits for the given number of milliseconds
 */
public record SimulatedReconcile(
    Rows rows,
    Queue<ChangeNotice> changes,
    Calendars calendars,
    SignedTokens tokens,
    Practice practice,
    Clock clock,
    LongConsumer pause) {
  private static final int LEASE_SECONDS = 330;

  /**
   * The other direction.
   *
   * @param rounds reads the meetings
   */
  public record Meetings(
      MeetingRounds rounds, Queue<CalendarChange> changes, IdentifierSystem system) {}

  /** The task for a practice in which no calendar blocks time. */
  public Task on(
      Canvas canvas,
      DuplicateBooking duplicateBooking,
      VisitReader reader,
      EffectRunner effects,
      EntryLists lists,
      UntrackedEntries untracked) {
    return on(canvas, duplicateBooking, reader, effects, lists, untracked, withoutMeetings());
  }

  public Task on(
      Canvas canvas,
      DuplicateBooking duplicateBooking,
      VisitReader reader,
      EffectRunner effects,
      EntryLists lists,
      UntrackedEntries untracked,
      Meetings meetings) {
    PublishCertificate publish = new WithoutMetrics(clock);
    return on(canvas, duplicateBooking, reader, effects, lists, untracked, meetings, publish);
  }

  Task on(
      Canvas canvas,
      DuplicateBooking duplicateBooking,
      VisitReader reader,
      EffectRunner effects,
      EntryLists lists,
      UntrackedEntries untracked,
      Meetings meetings,
      PublishCertificate publish) {
    UnsentChanges unsentChanges =
        new UnsentChanges(rows, reader, duplicateBooking, practice, clock);
    RetryReads retry = new RetryReads(pause::accept);
    DuplicateBookings duplicateBookings =
        new DuplicateBookings(duplicateBooking, canvas, retry, clock);
    ReadVisits readVisits = new ReadVisits(canvas, reader, unsentChanges, retry, clock);
    TakeSnapshot takeSnapshot =
        new TakeSnapshot(
            readVisits,
            reader,
            duplicateBookings,
            lists,
            effects,
            untracked,
            new ContentDigests(calendars, tokens),
            clock);
    ReconcileClinician reconcileClinician =
        new ReconcileClinician(
            readVisits,
            takeSnapshot,
            new ReconcileMeetings(
                compareMeetings(canvas, meetings), meetings.changes(), practice, clock),
            new Repairs(untracked, duplicateBookings, changes, clock),
            unsentChanges,
            practice,
            publish);
    Backfill backfill = new Backfill(new BackfillStore(practice, rows, clock), reconcileClinician);
    return new Reconcile(
        practice, reconcileClinician, backfill, new ResumePoint(rows, clock), clock);
  }

  private CompareMeetings compareMeetings(Canvas canvas, Meetings meetings) {
    return new CompareMeetings(
        new FreshMeetings(meetings.rounds(), practice, tokens),
        new MeetingStore(rows, clock),
        new Conflicts(rows, clock),
        new PendingWork(rows, clock),
        new BlockRunner(
            canvas,
            rows,
            practice,
            meetings.system(),
            clock,
            () -> Duration.ofSeconds(LEASE_SECONDS)),
        rows,
        practice,
        meetings.system(),
        tokens,
        clock);
  }

  Meetings withoutMeetings() {
    return new Meetings(
        SimulatedRounds.on(rows, List.of(), clock, LEASE_SECONDS),
        new MemoryQueue<>(),
        () -> "urn:example:external-scheduling");
  }

  /** Prints no metrics, because the simulation makes thousands of runs. */
  private static final class WithoutMetrics extends PublishCertificate {
    private WithoutMetrics(Clock clock) {
      super(clock, () -> "RunUpkeep");
    }

    @Override
    void writeLine(String line) {}
  }
}
