package clinic.scheduling.calendars.entry;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.practice.Practice;

/** The real reader on given ports, for the simulation. */
public final class SimulatedReader {
  private SimulatedReader() {}

  public static VisitReader on(Canvas canvas, Practice practice, String identifierSystem) {
    return new VisitReader(canvas, practice, identifierSystem);
  }
}
