package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.canvas.PatientView;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.core.visit.VisitChanges.Told;
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
final class Telling {
  private final VisitChanges changes;
  private final Queue<PatientMessage> messages;
  private final Practice practice;
  private final Clock clock;

  Telling(Rows rows, Queue<PatientMessage> messages, Practice practice, Clock clock) {
    this.changes = new VisitChanges(rows, clock);
    this.messages = messages;
    this.practice = practice;
    this.clock = clock;
  }

  /**
   * @param now the last appointment of the thread; empty if Canvas does not know it
   */
  void tell(Visit visit, Optional<Appointment> now, String correlation) {
    Optional<String> seen = now.flatMap(one -> PatientView.of(one, practice));
    Optional<Told> told =
        changes.read(visit.root()).map(last -> sent(visit.root(), last, correlation));
    PatientNews.next(visit, seen, told, clock.instant())
        .ifPresent(
            next -> {
              write(visit.root(), told, next);
              sent(visit.root(), next, correlation);
            });
  }

  /**
   * Tells nothing of an appointment that the patient knows as another one, whatever becomes of it.
   * What was ordered before that was known is superseded.
   */
  void passOver(Visit visit, Optional<Appointment> now) {
    Optional<String> seen = now.flatMap(one -> PatientView.of(one, practice));
    changes
        .read(visit.root())
        .ifPresent(
            told ->
                PatientNews.next(visit, seen, Optional.of(told), clock.instant())
                    .or(() -> Optional.of(told).filter(last -> !last.sent()))
                    .map(Told::afterSending)
                    .ifPresent(next -> write(visit.root(), Optional.of(told), next)));
  }

  private Told sent(String root, Told told, String correlation) {
    if (told.sent()) {
      return told;
    }
    messages.send(
        PatientMessage.of(root, told.change(), told.messageKey(root), correlation),
        settling(told.change()));
    Told after = told.afterSending();
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

  private void write(String root, Optional<Told> before, Told next) {
    if (!changes.write(root, before, next)) {
      throw new UnavailableException("another worker of this visit", Duration.ofSeconds(1));
    }
  }
}
