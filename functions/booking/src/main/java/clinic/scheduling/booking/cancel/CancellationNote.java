package clinic.scheduling.booking.cancel;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Claim;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.RowKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells the clinician why a patient cancelled. A Canvas appointment has no place for the reason, so
 * we send the reason as a message from the patient to the clinician (docs/facts/canvas.md 4.4). The
 * message is sent at most once. If the process dies while it sends the message, the reason may be
 * lost, but the cancellation is not.
 */
@Singleton
class CancellationNote {
  private static final Log LOG = Log.of(CancellationNote.class);
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final Canvas canvas;
  private final Ledger ledger;
  private final Clock clock;

  CancellationNote(Canvas canvas, Ledger ledger, Clock clock) {
    this.canvas = canvas;
    this.ledger = ledger;
    this.clock = clock;
  }

  void tell(VisitThread thread, Phi<String> reason) {
    Optional<String> patient = thread.current().patient();
    Optional<String> practitioner = thread.current().practitioner();
    if (patient.isEmpty() || practitioner.isEmpty()) {
      return;
    }
    RowKey name = RowKey.ofVisit(thread.rootId(), "cancellation-note");
    Optional<Claim.Granted> granted = ledger.claimOnce(name, "note", LEASE).asGranted();
    if (granted.isPresent()) {
      send(granted.get(), patient.get(), practitioner.get(), reason);
    }
  }

  private void send(Claim.Granted claim, String patient, String practitioner, Phi<String> reason) {
    WriteOutcome outcome =
        canvas.create(
            Communication.toPractitioner(
                patient,
                practitioner,
                Phi.of("Visit cancelled online. Reason given: " + escaped(reason.value())),
                clock.instant()));
    LOG.info("cancellation-note", "outcome", outcome.getClass().getSimpleName());
    boolean wasNotSent =
        outcome.asUnknown().filter(unknown -> unknown.mayLandWithin().isZero()).isPresent();
    if (wasNotSent) {
      // Nothing was sent, so the next request may send it.
      ledger.release(claim.fence(), claim.before());
    } else {
      ledger.done(claim.fence(), "told");
    }
  }

  /** Escapes the text, since Canvas stores it as HTML. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
