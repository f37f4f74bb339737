package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * Records what the answer to a booking promises, before it is given: whatever becomes of the visit
 * is then told as a change of it, also where the fan-out has never seen it stand. A repeat changes
 * nothing, and nor does it replace what the fan-out has recorded meanwhile.
 */
@Singleton
class RecordPromise {
  private final ChangeLog changes;
  private final Canvas canvas;
  private final Clock clock;

  RecordPromise(ChangeLog changes, Canvas canvas, Clock clock) {
    this.changes = changes;
    this.canvas = canvas;
    this.clock = clock;
  }

  void of(Appointment made) {
    PatientFingerprint.facts(made)
        .map(view -> new ChangeRecord(0, Change.BOOKED, view, false, clock.instant()))
        .ifPresent(told -> changes.write(root(made), Optional.empty(), told));
  }

  /** A name of ours may have gone with the visit to the appointment that staff replaced it by. */
  private String root(Appointment made) {
    String id = Objects.requireNonNull(made.id());
    return made.replaces()
        .flatMap(before -> VisitThread.of(id, canvas))
        .map(VisitThread::rootId)
        .orElse(id);
  }
}
