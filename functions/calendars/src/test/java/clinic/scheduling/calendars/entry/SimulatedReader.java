package clinic.scheduling.calendars.entry;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.practice.Practice;
import java.time.Clock;

/** Creates the real reader on given ports, for the simulation. */
public final class SimulatedReader {
  private SimulatedReader() {}

  public static VisitReader on(
      Canvas canvas, Practice practice, Clock clock, String identifierSystem) {
    return new VisitReader(canvas, practice, clock, () -> identifierSystem);
  }
}
