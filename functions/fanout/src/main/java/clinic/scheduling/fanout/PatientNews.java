package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.canvas.PatientView;
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
   *
   * @param seen what the patient sees of it, {@link PatientView}; empty if that is not certain
   */
  static Optional<Told> next(Visit visit, Optional<String> seen, Optional<Told> told, Instant now) {
    Optional<String> view =
        visit.isGone() ? Optional.of(PatientView.GONE) : seen.filter(it -> visit.isOn());
    if (visit.kind() != Visit.Kind.OF_PATIENT || view.isEmpty()) {
      return Optional.empty();
    }
    int sequence = told.map(last -> last.sequence() + 1).orElse(0);
    return PatientView.change(told.map(Told::fingerprint), view.get())
        .map(change -> new Told(sequence, change, view.get(), isSilent(visit, told, now), now));
  }

  /** Nobody is told about the past, nor that something is gone which they never heard of. */
  private static boolean isSilent(Visit visit, Optional<Told> told, Instant now) {
    boolean past = visit.time().filter(time -> time.start().isBefore(now)).isPresent();
    boolean unreadable = visit.sight() == Visit.Sight.ABSENT;
    return past || unreadable || (visit.isGone() && told.isEmpty());
  }
}
