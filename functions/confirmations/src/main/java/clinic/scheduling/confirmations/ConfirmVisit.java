package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Notes in Canvas that a patient will come: an unconfirmed visit that lies ahead is confirmed. */
@Singleton
final class ConfirmVisit {
  private static final Set<AppointmentStatus> UNCONFIRMED =
      Set.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING);

  private final Canvas canvas;
  private final Clock clock;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  ConfirmVisit(Canvas canvas, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
  }

  /**
   * @throws UnavailableException if it has to be tried again; a repeat changes nothing
   */
  void confirm(String root) {
    VisitThread thread =
        VisitThread.of(root, canvas).orElseThrow(() -> ReadVisitState.later("the visit"));
    if (!isOpen(thread.current())) {
      log.info("nothing-to-confirm", "appointment", root);
      return;
    }
    WriteOutcome outcome =
        canvas.update(thread.currentId(), confirmed(thread.current()), thread.seen().at());
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw new UnavailableException("canvas: a confirmation", RetryAfter.USUAL);
    }
    log.info("confirmed", "appointment", root);
  }

  private boolean isOpen(Appointment visit) {
    return visit.replacedBy().isEmpty()
        && visit.knownStatus().filter(UNCONFIRMED::contains).isPresent()
        && visit
            .time()
            .map(Interval::start)
            .filter(start -> start.isAfter(clock.instant()))
            .isPresent();
  }

  /**
   * As Canvas wants it written (docs/facts/canvas.md 3.1): identifiers and place again, the reason
   * not.
   */
  private static Appointment confirmed(Appointment visit) {
    List<Reference> all = Objects.requireNonNullElse(visit.supportingInformation(), List.of());
    return new Appointment(
        "Appointment",
        visit.id(),
        visit.contained(),
        visit.identifier(),
        AppointmentStatus.BOOKED.code(),
        visit.appointmentType(),
        null,
        null,
        all.stream().filter(ConfirmVisit::isOfThePlace).toList(),
        visit.start(),
        visit.end(),
        visit.participant());
  }

  private static boolean isOfThePlace(Reference one) {
    return one.idOf("Location").isPresent()
        || Objects.requireNonNullElse(one.reference(), "").startsWith("#");
  }
}
