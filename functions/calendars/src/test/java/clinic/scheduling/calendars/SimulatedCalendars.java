package clinic.scheduling.calendars;

import java.util.List;

/** Lets the functions find the given calendars, for the simulation. */
public final class SimulatedCalendars {
  private SimulatedCalendars() {}

  public static Calendars of(List<Calendar> all) {
    return new Calendars(all);
  }
}
