package clinic.scheduling.booking;

import static clinic.scheduling.booking.BookAppointment.LOG;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells the clinician why a patient cancelled. A Canvas appointment has no place for it, so it goes
 * into the chart as a message from the patient. At most once: after a crash in between it is not
 * said again, since the cancellation itself matters more than its reason.
 */
@Singleton
class CancellationNote {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Canvas canvas;
  private final Ledger ledger;
  private final Clock clock;

  CancellationNote(Canvas canvas, Ledger ledger, Clock clock) {
    this.canvas = canvas;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Canvas keeps such a text as HTML (docs/facts/canvas.md 4.4). */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  void tell(VisitThread thread, Phi<String> reason) {
    Optional<String> patient = thread.current().patient();
    Optional<String> practitioner = thread.current().practitioner();
    RowKey name = RowKey.ofVisit(thread.rootId(), "cancellation-note");
    if (patient.isEmpty() || practitioner.isEmpty()) {
      return;
    }
    if (ledger.claimOnce(name, "note", LEASE) instanceof Claim.Granted granted) {
      WriteOutcome outcome =
          canvas.create(
              Communication.toPractitioner(
                  patient.get(),
                  practitioner.get(),
                  Phi.of("Visit cancelled online. Reason given: " + escaped(reason.value())),
                  clock.instant()));
      LOG.info("cancellation-note", "outcome", outcome.getClass().getSimpleName());
      if (isNotSent(outcome)) {
        ledger.release(granted.fence(), granted.before());
      } else {
        ledger.done(granted.fence(), "told");
      }
    }
  }

  /** Canvas cannot have taken it: the next request may say it. */
  private static boolean isNotSent(WriteOutcome outcome) {
    return outcome instanceof WriteOutcome.Unknown unknown && unknown.mayLandWithin().isZero();
  }
}
