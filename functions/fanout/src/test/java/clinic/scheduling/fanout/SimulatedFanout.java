package clinic.scheduling.fanout;

import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
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

  /** The real function. */
  public SyncCalendars on(
      Canvas canvas, DuplicateBooking duplicates, VisitReader reader, EffectRunner effects) {
    SyncVisit visits =
        new SyncVisit(
            canvas,
            reader,
            new InvalidateAvailability(new Holds(rows, clock), practice, canvas, clock),
            new RequestMessage(rows, reader, canvas, messages, practice, clock),
            duplicates,
            effects,
            new VisitLock(rows, clock, () -> Duration.ofSeconds(leaseSeconds)),
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
