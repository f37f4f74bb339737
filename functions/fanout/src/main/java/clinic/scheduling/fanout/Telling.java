package clinic.scheduling.fanout;

import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
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
  private final Clock clock;

  Telling(Rows rows, Queue<PatientMessage> messages, Clock clock) {
    this.changes = new VisitChanges(rows, clock);
    this.messages = messages;
    this.clock = clock;
  }

  void tell(Visit visit, String correlation) {
    Optional<Told> told =
        changes.read(visit.root()).map(last -> sent(visit.root(), last, correlation));
    PatientNews.next(visit, told, clock.instant())
        .ifPresent(
            next -> {
              write(visit.root(), told, next);
              sent(visit.root(), next, correlation);
            });
  }

  private Told sent(String root, Told told, String correlation) {
    if (told.sent()) {
      return told;
    }
    messages.send(PatientMessage.of(root, told.change(), told.messageKey(root), correlation));
    Told after = told.afterSending();
    write(root, Optional.of(told), after);
    return after;
  }

  private void write(String root, Optional<Told> before, Told next) {
    if (!changes.write(root, before, next)) {
      throw new UnavailableException("another worker of this visit", Duration.ofSeconds(1));
    }
  }
}
