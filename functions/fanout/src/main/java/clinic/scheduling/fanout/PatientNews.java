package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.canvas.PatientView;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.VisitChanges.Told;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the patient has to be told something: what they see of the visit now, against what they
 * were last told. Pure; a repeat of the same visit gives nothing.
 */
final class PatientNews {
  private PatientNews() {}

  /**
   * What to record next; a message is due if it is not marked as sent. Empty if nothing changed
   * that a patient sees, or if it is not known how things stand.
   */
  static Optional<Told> next(Visit visit, Optional<Told> told, Instant now) {
    boolean certain = visit.isOn() || visit.isGone();
    if (visit.kind() != Visit.Kind.OF_PATIENT || !certain) {
      return Optional.empty();
    }
    String fingerprint = visit.isGone() ? PatientView.GONE : seen(visit);
    if (told.filter(last -> last.fingerprint().equals(fingerprint)).isPresent()) {
      return Optional.empty();
    }
    int sequence = told.map(last -> last.sequence() + 1).orElse(0);
    return Optional.of(
        new Told(sequence, change(visit, told), fingerprint, isSilent(visit, told, now)));
  }

  private static Change change(Visit visit, Optional<Told> told) {
    if (visit.isGone()) {
      return Change.CANCELLED;
    }
    boolean first = told.isEmpty() || told.get().change() == Change.CANCELLED;
    return first ? Change.BOOKED : Change.MOVED;
  }

  /** Nobody is told about the past, nor that something is gone which they never heard of. */
  private static boolean isSilent(Visit visit, Optional<Told> told, Instant now) {
    boolean past = visit.time().filter(time -> time.start().isBefore(now)).isPresent();
    boolean unreadable = visit.sight() == Visit.Sight.ABSENT;
    return past || unreadable || (visit.isGone() && told.isEmpty());
  }

  private static String seen(Visit visit) {
    return PatientView.of(
        visit.time().orElseThrow(), visit.practitioner(), visit.place(), visit.meetingLink());
  }
}
