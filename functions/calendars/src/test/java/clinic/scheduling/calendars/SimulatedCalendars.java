package clinic.scheduling.calendars;

import java.util.List;

/** Given calendars as the functions choose among them, for the simulation. */
public final class SimulatedCalendars {
  private SimulatedCalendars() {}

  public static Calendars of(List<Calendar> all) {
    return new Calendars(all);
  }
}
