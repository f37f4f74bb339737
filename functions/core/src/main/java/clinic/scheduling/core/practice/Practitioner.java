package clinic.scheduling.core.practice;

import java.time.LocalDate;
import java.util.List;

/**
 * A clinician as the practice describes them.
 *
 * @param canvasId the Canvas staff key
 * @param visitTypes ids of the visit types that they offer; empty means all
 * @param licences known to the practice in addition to those in Canvas
 */
public record Practitioner(
    String id,
    String canvasId,
    String name,
    List<String> specialties,
    List<Licence> licences,
    List<CalendarBinding> calendars,
    List<String> visitTypes) {

  public boolean offers(String visitType) {
    return visitTypes.isEmpty() || visitTypes.contains(visitType);
  }

  /** A licence to treat patients in a state; both days count. */
  public record Licence(String state, LocalDate start, LocalDate end) {}
}
