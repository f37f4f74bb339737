package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Reads how a visit stands at the moment of telling, and holds it against what the fan-out has
 * recorded. The newest change is told only if Canvas shows the very state that was recorded with
 * it: a read may be stale, or fail to show the visit at all, and the patient must neither hear an
 * old time nor nothing. Until it does, the order comes back.
 *
 * <p>Nothing is given up too early or kept for ever. If the visit has really changed, the fan-out
 * records the new state and orders a new message, and this order is then superseded. If Canvas
 * stays with another state for good and the fan-out never hears of it, this order ends as a dead
 * letter.
 */
@Singleton
final class DecideMessage {
  private final ReadVisitState standing;
  private final ChangeLog changes;
  private final Cancellations cancellations;
  private final ReadReminder reminders;
  private final Practice practice;
  private final Clock clock;

  @Inject
  DecideMessage(
      ReadVisitState standing,
      Rows rows,
      Cancellations cancellations,
      ReadReminder reminders,
      Practice practice,
      Clock clock) {
    this.standing = standing;
    this.changes = new ChangeLog(rows, clock);
    this.cancellations = cancellations;
    this.reminders = reminders;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * @throws UnavailableException if Canvas does not answer, or does not show the recorded state
   */
  MessageDecision about(MessageRequest order) {
    Optional<ChangeRecord> told = changes.read(order.root());
    if (order.about() instanceof MessageRequest.About.Numbered change) {
      return about(order, change.sequence(), told);
    }
    return reminders.about(order, (MessageRequest.About.Reminder) order.about(), told);
  }

  private MessageDecision about(MessageRequest order, int sequence, Optional<ChangeRecord> told) {
    if (told.filter(last -> last.sequence() > sequence).isPresent()) {
      return new MessageDecision.Silence("superseded");
    }
    ChangeRecord recorded =
        told.filter(last -> last.sequence() == sequence && last.change() == order.change())
            .orElseThrow(() -> later("table: a record of this change"));
    VisitThread thread = standing.thread(order);
    if (!isAsRecorded(thread, recorded)) {
      throw later("canvas: the recorded state");
    }
    VisitState now = standing.of(order, thread);
    return now.time().start().isAfter(clock.instant())
        ? new MessageDecision.Due(
            order,
            now,
            cancellations.isByPatient(order.root(), recorded),
            assumed(thread, recorded))
        : new MessageDecision.Silence(MessageDecision.Silence.OVER);
  }

  /** Whether a patient would see no difference to what was recorded. */
  private boolean isAsRecorded(VisitThread thread, ChangeRecord recorded) {
    return PatientFingerprint.of(thread.current())
        .filter(
            view ->
                PatientFingerprint.change(Optional.of(recorded.fingerprint()), view, practice)
                    .isEmpty())
        .isPresent();
  }

  /** Who lost a time to somebody else was promised no visit, and need not hear that it is off. */
  private Optional<String> assumed(VisitThread thread, ChangeRecord recorded) {
    boolean isOff = recorded.fingerprint().equals(PatientFingerprint.GONE);
    return isOff && standing.isWithdrawn(thread)
        ? Optional.of(PatientFingerprint.GONE)
        : recorded.assumed();
  }

  private static UnavailableException later(String missing) {
    return new UnavailableException(missing, RetryAfter.USUAL);
  }
}
