package clinic.scheduling.mirror;

import clinic.scheduling.calendars.effect.MeetingRounds;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.wiring.Settings;
import clinic.scheduling.meetings.block.BlockRunner;
import clinic.scheduling.meetings.compare.FreshMeetings;
import clinic.scheduling.meetings.rows.Conflicts;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.ForcedCalendars;
import clinic.scheduling.meetings.rows.MeetingStore;
import clinic.scheduling.meetings.rows.MirroredCalendars;
import clinic.scheduling.meetings.rows.PendingWork;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates the real function on given ports, for the simulation.
 *
 * @param url {@code QUEUE_CALENDAR_CHANGES_URL}
 */
public record SimulatedMirror(
    Rows rows,
    Queue<CalendarChange> changes,
    SqsClient sqs,
    String url,
    Practice practice,
    IdentifierSystem system,
    SignedTokens tokens,
    ObjectMapper mapper,
    Clock clock,
    int timeoutSeconds,
    int leaseSeconds) {

  /** The real function. */
  public MirrorMeetings on(Canvas canvas, MeetingRounds rounds) {
    Settings.Lease lease = () -> Duration.ofSeconds(leaseSeconds);
    MeetingStore store = new MeetingStore(rows, clock);
    MirroredCalendars mirrored = new MirroredCalendars(rows, clock);
    PendingWork pending = new PendingWork(rows, clock);
    ForcedCalendars forces = new ForcedCalendars(rows, clock);
    CreationLimits limits = new CreationLimits(rows, clock);
    MeetingWindow windows = new MeetingWindow(practice, clock);
    ForgetCalendar leavers = new ForgetCalendar(store, mirrored, pending, practice);
    StoredCalendars stored = new StoredCalendars(store, leavers, windows, practice, clock);
    BlockRunner blocks = new BlockRunner(canvas, rows, practice, system, clock, lease);
    Holds holds = new Holds(rows, clock);
    RefusedBlocks refused =
        new RefusedBlocks(
            canvas, new Conflicts(rows, clock), new ReservedTimes(holds, clock), practice, clock);
    MirrorClinician clinicians =
        new MirrorClinician(
            new ReadRound(rounds, store, mirrored, pending, forces, windows, practice, tokens),
            leavers,
            store,
            pending,
            forces,
            limits,
            new CarryOut(blocks, store, refused, limits),
            stored,
            holds,
            changes,
            practice,
            rows,
            clock,
            lease);
    return new MirrorMeetings(
        new ReadCalendarChange(mapper),
        clinicians,
        new PrintPlan(stored, new FreshMeetings(rounds, practice, tokens), store, windows, clock),
        mirrored,
        practice,
        changes,
        sqs,
        () -> url,
        clock,
        () -> Duration.ofSeconds(timeoutSeconds));
  }
}
