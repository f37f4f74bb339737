package clinic.scheduling.core.practice;

import java.util.List;
import java.util.Optional;

/**
 * What the clinic decides, as {@code infra/practice.schema.json} describes it field by field.
 *
 * @param phone of the front desk, E.164
 * @param specialties those that Canvas taxonomy entries stand for
 * @param canvasUrl of the Canvas user interface, for links to a chart; empty if none are wanted
 */
public record Practice(
    String name,
    String phone,
    List<VisitType> visitTypes,
    List<Location> locations,
    List<Practitioner> practitioners,
    Messages messages,
    Limits limits,
    Tokens tokens,
    int holdSeconds,
    Optional<String> canvasUrl,
    List<Specialty> specialties,
    EntryRules entryRules,
    Webhooks webhooks,
    Reconciliation reconciliation) {

  public Optional<VisitType> visitType(String id) {
    return visitTypes.stream().filter(type -> type.id().equals(id)).findFirst();
  }

  public Optional<Location> location(String id) {
    return locations.stream().filter(place -> place.id().equals(id)).findFirst();
  }

  /** The place whose integer key stands in Canvas Schedule ids. */
  public Optional<Location> locationByScheduleKey(String key) {
    return locations.stream().filter(place -> place.scheduleKey().equals(key)).findFirst();
  }

  public Optional<Location> locationByCanvasId(String canvasId) {
    return locations.stream().filter(place -> place.canvasId().equals(canvasId)).findFirst();
  }

  public Optional<Practitioner> practitionerByCanvasId(String canvasId) {
    return practitioners.stream().filter(who -> who.canvasId().equals(canvasId)).findFirst();
  }

  /** The visit type with this coding, as Canvas names it in {@code Appointment.appointmentType}. */
  public Optional<VisitType> visitTypeByCoding(String system, String code) {
    return visitTypes.stream()
        .filter(type -> type.coding().system().equals(system) && type.coding().code().equals(code))
        .findFirst();
  }

  /**
   * Upper limits of use; more is answered 429.
   *
   * @param requestsPerMinute bookings asked for from one address
   * @param manageRequestsPerMinute looks at visits, moves and cancellations from one address
   * @param attemptsPerContactPerHour bookings asked for with one phone number or e-mail address
   * @param bookingsPerPatientPerDay bookings made for one patient
   * @param openBookingsPerPatient visits of one patient that lie ahead
   * @param lookupsPerMinute searches for free times from one address
   */
  public record Limits(
      int requestsPerMinute,
      int manageRequestsPerMinute,
      int attemptsPerContactPerHour,
      int bookingsPerPatientPerDay,
      int openBookingsPerPatient,
      int lookupsPerMinute) {}

  /** How long signed values live. */
  public record Tokens(int slotMinutes, int manageDaysAfterVisit) {}
}
