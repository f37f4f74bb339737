package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.CanvasVisit;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.message.MessagePlan;
import clinic.scheduling.canvas.message.UnrecordedVisit;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.core.visit.KnownVisits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Requests messages to patients. The records work as an outbox: a change is recorded before its
 * message is queued, and marked as sent afterwards. After a crash in between, the same message is
 * queued again under the same key, and the consumer drops repeats of a key.
 *
 * <p>The steps are:
 *
 * <ol>
 *   <li>Read the last recorded change. If it is not marked as sent, queue its message and mark it.
 *   <li>Find the visit's state, and compare it with the last recorded change ({@link MessagePlan}).
 *   <li>If there is a new change, record it. If it needs no message, it is recorded as sent.
 *   <li>Otherwise queue the message of the new change, and mark the change as sent.
 * </ol>
 */
@Singleton
final class RequestMessage {
  private final ChangeLog changes;
  private final KnownVisits known;
  private final BookingJournal journal;
  private final VisitReader reader;
  private final Canvas canvas;
  private final Queue<PatientMessage> messages;
  private final Practice practice;
  private final Clock clock;

  RequestMessage(
      Rows rows,
      VisitReader reader,
      Canvas canvas,
      Queue<PatientMessage> messages,
      Practice practice,
      Clock clock) {
    this.changes = new ChangeLog(rows, clock);
    this.known = new KnownVisits(rows, clock);
    this.journal = new BookingJournal(rows, clock);
    this.reader = reader;
    this.canvas = canvas;
    this.messages = messages;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * Requests the message that is due by the visit's state, if any.
   *
   * @param thread the visit's appointments in Canvas; empty if Canvas no longer knows the visit
   */
  void request(
      CanvasVisit visit, Optional<VisitThread> thread, SyncRequest request, String correlation) {
    String root = visit.root();
    Optional<ChangeRecord> last =
        changes.read(root).map(it -> sendUnlessSent(root, it, correlation));
    look(visit, thread, request)
        .flatMap(look -> MessagePlan.next(look, last, practice, clock.instant()))
        .ifPresent(
            next -> {
              record(root, last, next);
              sendUnlessSent(root, next, correlation);
            });
  }

  /**
   * Marks the visit's change as sent without a message, because the patient knows another
   * appointment of the same booking. If there is no new change, but the last recorded change is not
   * marked as sent, that change is marked. If nothing was ever recorded about the visit, nothing is
   * recorded now.
   */
  void markWithoutMessage(CanvasVisit visit, Optional<VisitThread> thread, SyncRequest request) {
    changes
        .read(visit.root())
        .ifPresent(
            last ->
                look(visit, thread, request)
                    .flatMap(
                        look ->
                            MessagePlan.next(look, Optional.of(last), practice, clock.instant()))
                    .or(() -> Optional.of(last).filter(it -> !it.sent()))
                    .map(ChangeRecord::afterSending)
                    .ifPresent(next -> record(visit.root(), Optional.of(last), next)));
  }

  /** Whether any change of the visit was recorded. */
  boolean isRecorded(String root) {
    return changes.read(root).isPresent();
  }

  /**
   * Whether the last recorded change is marked as sent. A change that is not marked may belong to a
   * booking that Canvas has never shown ({@link BookingJournal#notePromise}).
   */
  boolean isRequested(String root) {
    return changes.read(root).filter(ChangeRecord::sent).isPresent();
  }

  /**
   * The state of the visit, for {@link MessagePlan}; empty if the state is not certain, or if the
   * visit has no patient.
   */
  private Optional<MessagePlan.Look> look(
      CanvasVisit visit, Optional<VisitThread> thread, SyncRequest request) {
    Optional<String> fingerprint =
        visit.isGone()
            ? Optional.of(PatientFingerprint.GONE)
            : thread
                .map(VisitThread::current)
                .flatMap(PatientFingerprint::of)
                .filter(it -> visit.isOn());
    return fingerprint
        .filter(it -> visit.kind() == CanvasVisit.Kind.OF_PATIENT)
        .map(
            it ->
                new MessagePlan.Look(
                    it,
                    mayBeMessaged(visit),
                    thread.filter(this::isPromised).isPresent(),
                    request.isNew(),
                    request.isMoved(),
                    () -> unrecorded(thread)));
  }

  /**
   * Whether the visit was booked through us and not withdrawn. Canvas may lose the mark of a
   * withdrawn booking, so we check our own journal as well.
   */
  private boolean isPromised(VisitThread thread) {
    return reader.isPromised(thread)
        && !journal.isWithdrawn(reader.correlation(thread), thread.rootId());
  }

  /**
   * Whether the patient may get a message. There are no messages about past visits, and none about
   * visits that Canvas no longer knows.
   */
  private boolean mayBeMessaged(CanvasVisit visit) {
    boolean past = visit.time().filter(time -> time.start().isBefore(clock.instant())).isPresent();
    return !past && visit.visibility() != CanvasVisit.Visibility.ABSENT;
  }

  private UnrecordedVisit unrecorded(Optional<VisitThread> thread) {
    return UnrecordedVisit.of(thread.orElseThrow(), known, canvas, clock.instant());
  }

  /** Queues the message of a recorded change, unless that was done before. */
  private ChangeRecord sendUnlessSent(String root, ChangeRecord change, String correlation) {
    if (change.sent()) {
      return change;
    }
    messages.send(
        PatientMessage.of(root, change.change(), change.messageKey(root), correlation),
        settleTime(change.change()));
    ChangeRecord sent = change.afterSending();
    record(root, Optional.of(change), sent);
    return sent;
  }

  /**
   * How long to wait before sending a message. Visits are often moved twice in a row. If a newer
   * change is recorded during the wait, the older one gets no message. Patients wait for the
   * confirmation of a booking, and should hear of a cancellation at once.
   */
  private Duration settleTime(Change change) {
    return switch (change) {
      case BOOKED, CANCELLED, REMINDER -> Duration.ZERO;
      case MOVED, PRACTITIONER_CHANGED, PLACE_CHANGED, LINK_CHANGED, CHANGED, RESTORED ->
          Duration.ofSeconds(practice.messages().settleSeconds());
    };
  }

  /**
   * Records a change. If another worker has written since our read, the notice is delivered again.
   */
  private void record(String root, Optional<ChangeRecord> before, ChangeRecord next) {
    if (!changes.write(root, before, next)) {
      throw new UnavailableException("another worker of this visit", Duration.ofSeconds(1));
    }
  }
}
