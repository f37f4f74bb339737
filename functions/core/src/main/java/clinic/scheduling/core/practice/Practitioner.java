package clinic.scheduling.core.practice;

import java.time.LocalDate;
import java.util.List;

/**
 * A clinician as the practice describes them.
 *
 * @param canvasId the Canvas staff key
 * @param licences known to the practice in addition to those in Canvas
 */
public record Practitioner(
    String id,
    String canvasId,
    String name,
    List<String> specialties,
    List<Licence> licences,
    List<CalendarBinding> calendars) {

  /** A licence to treat patients in a state; both days count. */
  public record Licence(String state, LocalDate start, LocalDate end) {}
}
