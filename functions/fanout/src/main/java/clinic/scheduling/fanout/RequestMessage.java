package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.Visit;
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
 * Orders messages to patients. The change is written down before its message is ordered and marked
 * afterwards, so that after a crash the same message, under the same key, is ordered again; the
 * consumer drops repeats by the key.
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
   * @param thread empty if Canvas does not know the visit any more
   */
  void tell(Visit visit, Optional<VisitThread> thread, SyncRequest ask, String correlation) {
    Optional<ChangeRecord> told =
        changes.read(visit.root()).map(last -> sent(visit.root(), last, correlation));
    look(visit, thread, ask)
        .flatMap(look -> MessagePlan.next(look, told, practice, clock.instant()))
        .ifPresent(
            next -> {
              write(visit.root(), told, next);
              sent(visit.root(), next, correlation);
            });
  }

  /** Empty if it is not known how things stand, or if this is nobody's visit. */
  private Optional<MessagePlan.Look> look(
      Visit visit, Optional<VisitThread> thread, SyncRequest ask) {
    Optional<String> view =
        visit.isGone()
            ? Optional.of(PatientFingerprint.GONE)
            : thread
                .map(VisitThread::current)
                .flatMap(PatientFingerprint::of)
                .filter(it -> visit.isOn());
    return view.filter(it -> visit.kind() == Visit.Kind.OF_PATIENT)
        .map(
            it ->
                new MessagePlan.Look(
                    it,
                    isAhead(visit),
                    thread.filter(this::isPromised).isPresent(),
                    ask.isNew(),
                    ask.isMoved(),
                    () -> unrecorded(thread)));
  }

  /** By what Canvas says, and by our own note, of which Canvas may keep nothing. */
  private boolean isPromised(VisitThread thread) {
    return reader.isPromised(thread)
        && !journal.isWithdrawn(reader.correlation(thread), thread.rootId());
  }

  /** Nobody is told about the past, nor of a visit that cannot be read. */
  private boolean isAhead(Visit visit) {
    boolean past = visit.time().filter(time -> time.start().isBefore(clock.instant())).isPresent();
    return !past && visit.sight() != Visit.Visibility.ABSENT;
  }

  private UnrecordedVisit unrecorded(Optional<VisitThread> thread) {
    return UnrecordedVisit.of(thread.orElseThrow(), known, canvas, clock.instant());
  }

  /**
   * Tells nothing of an appointment that the patient knows as another one, whatever becomes of it.
   * What was ordered before that was known is superseded.
   */
  void passOver(Visit visit, Optional<VisitThread> thread, SyncRequest ask) {
    changes
        .read(visit.root())
        .ifPresent(
            told ->
                look(visit, thread, ask)
                    .flatMap(
                        look ->
                            MessagePlan.next(look, Optional.of(told), practice, clock.instant()))
                    .or(() -> Optional.of(told).filter(last -> !last.sent()))
                    .map(ChangeRecord::afterSending)
                    .ifPresent(next -> write(visit.root(), Optional.of(told), next)));
  }

  private ChangeRecord sent(String root, ChangeRecord told, String correlation) {
    if (told.sent()) {
      return told;
    }
    messages.send(
        PatientMessage.of(root, told.change(), told.messageKey(root), correlation),
        settling(told.change()));
    ChangeRecord after = told.afterSending();
    write(root, Optional.of(told), after);
    return after;
  }

  /**
   * A visit that is moved is often moved once more, and what is superseded before it is due is not
   * told. A booking is waited for, and a visit that is off should stop its patient at once.
   */
  private Duration settling(Change change) {
    return switch (change) {
      case BOOKED, CANCELLED, REMINDER -> Duration.ZERO;
      case MOVED, PRACTITIONER_CHANGED, PLACE_CHANGED, LINK_CHANGED, CHANGED, RESTORED ->
          Duration.ofSeconds(practice.messages().settleSeconds());
    };
  }

  private void write(String root, Optional<ChangeRecord> before, ChangeRecord next) {
    if (!changes.write(root, before, next)) {
      throw new UnavailableException("another worker of this visit", Duration.ofSeconds(1));
    }
  }
}
