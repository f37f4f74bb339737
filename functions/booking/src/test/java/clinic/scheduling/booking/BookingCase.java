package clinic.scheduling.booking;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MortalRows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.MemoryQueue;
import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.World;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The base of this function's tests. */
abstract class BookingCase {
  @Inject Calls calls;
  @Inject Desk desk;
  @Inject Canvas canvas;
  @Inject MortalRows rows;
  @Inject MovableClock clock;
  @Inject MemoryQueue<ChangeNotice> changes;
  @Inject MemoryQueue<VerificationMessage> codes;
  @Inject CanvasPace pace;
  @Inject TablePace table;
  @Inject StraightToCanvas straight;
  Sandbox sandbox;

  @AfterEach
  void calm() {
    straight.close();
    sandbox.canvas().faults().clear();
    sandbox.canvas().toggles().reset();
    sandbox.canvas().become(World.local());
    rows.clear();
    rows.recover();
    pace.calm();
    table.calm();
    changes.clear();
    codes.clear();
    clock.set(Instant.now());
  }

  /** Ingrid's appointments in Canvas that begin then and occupy the time. */
  List<Appointment> standingAt(Instant start) {
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return canvas.appointmentsOf(Desk.INGRID, day, day.plusDays(1)).stream()
        .filter(one -> one.time().orElseThrow().start().equals(start))
        .filter(one -> one.knownStatus().orElseThrow().occupiesTime())
        .toList();
  }
}
