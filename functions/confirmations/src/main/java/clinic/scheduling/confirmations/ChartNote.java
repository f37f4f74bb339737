package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.core.Phi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/**
 * A message in the patient's chart and app, from their clinician (FHIR Communication,
 * docs/facts/canvas.md 4.4). Canvas takes no name for it, so that after a crash it is in doubt as
 * any other message.
 */
@Singleton
final class ChartNote {
  private final Canvas canvas;
  private final Clock clock;

  @Inject
  ChartNote(Canvas canvas, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
  }

  DeliveryResult send(String patient, String practitioner, Phi<String> text) {
    WriteOutcome outcome =
        canvas.create(Communication.toPatient(patient, practitioner, text, clock.instant()));
    if (outcome instanceof WriteOutcome.Written written) {
      return new DeliveryResult.Accepted(written.id());
    }
    if (outcome instanceof WriteOutcome.Unknown) {
      return new DeliveryResult.Unknown("canvas");
    }
    return outcome instanceof WriteOutcome.Refused refused
        ? new DeliveryResult.Rejected("canvas-" + refused.status())
        : new DeliveryResult.Rejected("canvas");
  }
}
