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
 * patient was last told. A pure function. Once the record that it returns has been written, the
 * same visit needs no other record. A table in docs/decisions/0021 shows all cases.
 */
public final class MessagePlan {
  private MessagePlan() {}

  /**
   * The state of a patient's visit, and why we look at it.
   *
   * @param fingerprint the {@link PatientFingerprint} of the visit, whose state must be certain
   * @param isFuture whether the visit is in the future, so that a message makes sense
   * @param promised whether the visit was booked through us and not withdrawn
   * @param isNew whether a notice says that the visit was created just now
   * @param isMoved whether a notice says that staff moved the visit just now
   * @param unrecorded what we conclude about a visit without a record; evaluated only if there is
   *     no record, and the visit is in the future and not off
   */
  public record Look(
      String fingerprint,
      boolean isFuture,
      boolean promised,
      boolean isNew,
      boolean isMoved,
      Supplier<UnrecordedVisit> unrecorded) {
    private boolean isOff() {
      return fingerprint.equals(PatientFingerprint.GONE);
    }
  }

  /**
   * The record to write next; empty if there is nothing to record. If the record is not marked as
   * sent, a message is due. A record that is marked as sent needs no message, so any worker may
   * write it.
   *
   * <p>If there is a record, the visit is compared with it. If there is none, there are three
   * cases:
   *
   * <ul>
   *   <li>A visit that is off is recorded as cancelled.
   *   <li>A visit that has begun, or that a notice calls new, is recorded as booked.
   *   <li>For every other visit, {@link UnrecordedVisit} tells whether the visit or at least its
   *       last move is new. If neither is new, a baseline is recorded and the patient is told
   *       nothing.
   * </ul>
   */
  public static Optional<ChangeRecord> next(
      Look look, Optional<ChangeRecord> told, Practice practice, Instant now) {
    return told.isPresent()
        ? afterRecord(told.get(), look, practice, now)
        : firstRecord(look, practice, now);
  }

  private static Optional<ChangeRecord> afterRecord(
      ChangeRecord last, Look look, Practice practice, Instant now) {
    int sequence = last.sequence() + 1;
    if (last.isBaseline() && look.isNew() && look.isFuture() && !look.isOff()) {
      // The notice that the visit was created arrived after another notice about it.
      return Optional.of(new ChangeRecord(sequence, Change.BOOKED, look.fingerprint(), false, now));
    }
    Optional<Change> change =
        PatientFingerprint.change(Optional.of(last.fingerprint()), look.fingerprint(), practice);
    if (change.isEmpty()) {
      return Optional.of(last.withFingerprint(look.fingerprint()))
          .filter(next -> !next.equals(last));
    }
    return change.map(
        it ->
            new ChangeRecord(
                sequence, it, look.fingerprint(), !look.isFuture(), now, last.assumed()));
  }

  private static Optional<ChangeRecord> firstRecord(Look look, Practice practice, Instant now) {
    if (look.isOff()) {
      boolean silent = !look.isFuture() || !look.promised();
      return Optional.of(new ChangeRecord(0, Change.CANCELLED, look.fingerprint(), silent, now));
    }
    if (!look.isFuture() || look.isNew()) {
      return Optional.of(
          new ChangeRecord(0, Change.BOOKED, look.fingerprint(), !look.isFuture(), now));
    }
    return Optional.of(firstRecordOfUnknown(look, look.unrecorded().get(), practice, now));
  }

  private static ChangeRecord firstRecordOfUnknown(
      Look look, UnrecordedVisit visit, Practice practice, Instant now) {
    if (visit.isNew()) {
      return new ChangeRecord(0, Change.BOOKED, look.fingerprint(), false, now);
    }
    Optional<String> before =
        visit.lastKnownFingerprint().filter(it -> look.isMoved() || visit.isMovedSince());
    return before
        .flatMap(it -> PatientFingerprint.change(before, look.fingerprint(), practice))
        .map(change -> new ChangeRecord(0, change, look.fingerprint(), false, now, before))
        .orElseGet(() -> ChangeRecord.baseline(look.fingerprint()));
  }
}
