package clinic.scheduling.canvas.message;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides whether the patient needs a message, by comparing the visit as it is now with what the
 * patient was last told. Pure; the same input again needs no message. All cases are in a table in
 * docs/decisions/0021.
 */
public final class MessagePlan {
  private MessagePlan() {}

  /**
   * The state of a patient's visit, and why we look at it.
   *
   * @param view the {@link PatientFingerprint} of the visit, whose state must be certain
   * @param ahead whether the visit is in the future, so that a message makes sense
   * @param promised whether it was booked through us and not withdrawn
   * @param isNew whether a notice says that the visit was created just now
   * @param isMoved whether a notice says that staff moved it just now
   * @param unrecorded evaluated only if the visit is in the future, is not off, and has no record
   */
  public record Look(
      String view,
      boolean ahead,
      boolean promised,
      boolean isNew,
      boolean isMoved,
      Supplier<UnrecordedVisit> unrecorded) {
    private boolean isOff() {
      return view.equals(PatientFingerprint.GONE);
    }
  }

  /**
   * The record to write next; empty if there is nothing to record. If the record is not marked as
   * sent, a message is due. A record that is marked as sent needs no message, so any worker may
   * write it.
   */
  public static Optional<ChangeRecord> next(
      Look look, Optional<ChangeRecord> told, Practice practice, Instant now) {
    return told.isPresent() ? since(told.get(), look, practice, now) : first(look, practice, now);
  }

  private static Optional<ChangeRecord> since(
      ChangeRecord last, Look look, Practice practice, Instant now) {
    int sequence = last.sequence() + 1;
    if (last.isBaseline() && look.isNew() && look.ahead() && !look.isOff()) {
      // The notice of its creation arrived after another notice of the same visit.
      return Optional.of(new ChangeRecord(sequence, Change.BOOKED, look.view(), false, now));
    }
    Optional<Change> change =
        PatientFingerprint.change(Optional.of(last.fingerprint()), look.view(), practice);
    if (change.isEmpty()) {
      return Optional.of(last.seenAs(look.view())).filter(next -> !next.equals(last));
    }
    return change.map(
        it -> new ChangeRecord(sequence, it, look.view(), !look.ahead(), now, last.assumed()));
  }

  private static Optional<ChangeRecord> first(Look look, Practice practice, Instant now) {
    if (look.isOff()) {
      boolean silent = !look.ahead() || !look.promised();
      return Optional.of(new ChangeRecord(0, Change.CANCELLED, look.view(), silent, now));
    }
    if (!look.ahead() || look.isNew()) {
      return Optional.of(new ChangeRecord(0, Change.BOOKED, look.view(), !look.ahead(), now));
    }
    return Optional.of(first(look, look.unrecorded().get(), practice, now));
  }

  private static ChangeRecord first(
      Look look, UnrecordedVisit visit, Practice practice, Instant now) {
    if (visit.isNew()) {
      return new ChangeRecord(0, Change.BOOKED, look.view(), false, now);
    }
    Optional<String> before = visit.before().filter(it -> look.isMoved() || visit.isMovedSince());
    return before
        .flatMap(it -> PatientFingerprint.change(before, look.view(), practice))
        .map(change -> new ChangeRecord(0, change, look.view(), false, now, before))
        .orElseGet(() -> ChangeRecord.baseline(look.view()));
  }
}
