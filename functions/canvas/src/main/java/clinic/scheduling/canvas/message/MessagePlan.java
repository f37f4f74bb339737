package clinic.scheduling.canvas.message;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the patient has to be told something: how their visit stands now, against what they were
 * last told. Pure; a repeat of the same look gives nothing. The table of all cases is in {@code
 * docs/decisions/0021}.
 */
public final class MessagePlan {
  private MessagePlan() {}

  /**
   * How a visit of a patient stands, and why it is looked at.
   *
   * @param view {@link PatientFingerprint}, of a state that is certain
   * @param ahead whether it has not begun, and its patient can be told
   * @param promised whether it was booked through us, and booking did not take it back
   * @param isNew whether a notice says that this visit was made just now
   * @param isMoved whether a notice says that staff replaced an appointment of it just now
   * @param unrecorded asked only of a visit ahead that is on and has no row
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
   * What to record next; a message is due if it is not marked as sent. Empty if nothing is to be
   * recorded. What is marked as sent may be recorded by whoever comes first.
   */
  public static Optional<ChangeRecord> next(
      Look look, Optional<ChangeRecord> told, Practice practice, Instant now) {
    return told.isPresent() ? since(told.get(), look, practice, now) : first(look, practice, now);
  }

  private static Optional<ChangeRecord> since(
      ChangeRecord last, Look look, Practice practice, Instant now) {
    int sequence = last.sequence() + 1;
    if (last.isBaseline() && look.isNew() && look.ahead() && !look.isOff()) {
      // Its notice comes after another one of the same visit.
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
