package clinic.scheduling.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.Concurrency;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.meetings.compare.ChangedBlocks;
import clinic.scheduling.meetings.rows.CreationLimits;
import clinic.scheduling.meetings.rows.PendingWork;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Creates the real function on given ports, for the simulation.
 *
 * @param url {@code QUEUE_APPOINTMENT_CHANGES_URL}
 */
public record SimulatedFanout(
    Rows rows,
    Queue<ChangeNotice> changes,
    Queue<PatientMessage> messages,
    SqsClient sqs,
    String url,
    Practice practice,
    ObjectMapper mapper,
    Clock clock,
    int timeoutSeconds,
    int leaseSeconds) {
  private static final int RECHECK_SECONDS = 10;
  private static final String NO_SECRET =
      Base64.getEncoder().encodeToString("no-secret-no-secret-no-secret-no".getBytes(UTF_8));

  /** The real function, for a practice in which no meeting blocks time. */
  public SyncCalendars on(
      Canvas canvas, DuplicateBooking duplicates, VisitReader reader, EffectRunner effects) {
    SignedTokens noTokens = SignedTokens.of(NO_SECRET, clock);
    ChangedBlocks blocks =
        new ChangedBlocks(
            rows,
            new PendingWork(rows, clock),
            new CreationLimits(rows, clock),
            practice,
            () -> "urn:none",
            noTokens,
            clock);
    return on(canvas, duplicates, reader, effects, blocks, (change, delay) -> {});
  }

  /**
   * The real function.
   *
   * @param calendarChanges the queue of calendars to read
   */
  public SyncCalendars on(
      Canvas canvas,
      DuplicateBooking duplicates,
      VisitReader reader,
      EffectRunner effects,
      ChangedBlocks blocks,
      Queue<CalendarChange> calendarChanges) {
    SyncVisit visits =
        new SyncVisit(
            canvas,
            reader,
            new InvalidateAvailability(new Holds(rows, clock), practice, canvas, clock),
            new RequestMessage(rows, reader, canvas, messages, practice, clock),
            duplicates,
            effects,
            new RepairBlock(blocks, calendarChanges, clock),
            new VisitLock(rows, clock, () -> Duration.ofSeconds(leaseSeconds)),
            Concurrency.NONE,
            clock);
    return new SyncCalendars(
        new ReadChangeNotice(mapper, canvas, rows, clock),
        visits,
        changes,
        sqs,
        () -> url,
        clock,
        () -> Duration.ofSeconds(timeoutSeconds),
        () -> Duration.ofSeconds(RECHECK_SECONDS));
  }
}
