package clinic.scheduling.core.practice;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The practice document. {@code infra/practice.schema.json} describes each field.
 *
 * @param phone the phone number of the front desk (ITU-T E.164)
 * @param meetings the rules for meetings that block time, for calendars that override none of them
 * @param specialties that patients can search for
 * @param identity what a caller has to prove before a visit is booked
 * @param canvasUrl the address of the Canvas user interface, for links in calendar entries; empty
 *     for no links
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
    HoldLengths holds,
    IdentityChecks identity,
    Optional<String> canvasUrl,
    List<Specialty> specialties,
    EntryRules entryRules,
    Webhooks webhooks,
    Reconciliation reconciliation,
    Meetings meetings) {

  public Optional<VisitType> visitType(String id) {
    return visitTypes.stream().filter(type -> type.id().equals(id)).findFirst();
  }

  public Optional<Location> location(String id) {
    return locations.stream().filter(place -> place.id().equals(id)).findFirst();
  }

  /** The location with this integer key in Canvas Schedule ids. */
  public Optional<Location> locationByScheduleKey(String key) {
    return locations.stream().filter(place -> place.scheduleKey().equals(key)).findFirst();
  }

  public Optional<Location> locationByCanvasId(String canvasId) {
    return locations.stream().filter(place -> place.canvasId().equals(canvasId)).findFirst();
  }

  public Optional<Practitioner> practitionerByCanvasId(String canvasId) {
    return practitioners.stream().filter(who -> who.canvasId().equals(canvasId)).findFirst();
  }

  /**
   * The calendars of a clinician whose meetings block time in Canvas, in the order of the practice
   * document. A calendar that the document has twice is in the list once.
   */
  public List<CalendarBinding> calendarsThatBlock(String canvasId) {
    Map<String, CalendarBinding> byKey = new LinkedHashMap<>();
    practitionerByCanvasId(canvasId).stream()
        .flatMap(who -> who.calendars().stream())
        .filter(CalendarBinding::blocksCanvas)
        .forEach(binding -> byKey.putIfAbsent(binding.key(), binding));
    return List.copyOf(byKey.values());
  }

  /**
   * The clinicians whose time the meetings of the calendar with this key block. Clinicians may
   * share a mailbox.
   */
  public List<Practitioner> practitionersBlockedBy(String binding) {
    return practitioners.stream()
        .filter(
            who ->
                who.calendars().stream()
                    .anyMatch(one -> one.key().equals(binding) && one.blocksCanvas()))
        .toList();
  }

  /** The zone in which an all-day meeting of this calendar begins and ends. */
  public ZoneId zoneOfMeetings(CalendarBinding binding) {
    return binding.meetings().zone().orElseGet(() -> locations.get(0).zone());
  }

  /** The visit type with this coding in {@code Appointment.appointmentType}. */
  public Optional<VisitType> visitTypeByCoding(String system, String code) {
    return visitTypes.stream()
        .filter(type -> type.coding().system().equals(system) && type.coding().code().equals(code))
        .findFirst();
  }

  /**
   * Rate limits; further calls get 429.
   *
   * @param requestsPerMinute booking requests from one network address
   * @param manageRequestsPerMinute reads, moves and cancellations from one network address
   * @param attemptsPerContactPerHour booking requests with one phone number or e-mail address
   * @param bookingsPerPatientPerDay bookings made for one patient
   * @param openBookingsPerPatient future visits of one patient
   * @param lookupsPerMinute searches for free times from one network address
   * @param formHoldsPerAddress times that one network address holds at once for forms
   */
  public record Limits(
      int requestsPerMinute,
      int manageRequestsPerMinute,
      int attemptsPerContactPerHour,
      int bookingsPerPatientPerDay,
      int openBookingsPerPatient,
      int lookupsPerMinute,
      int formHoldsPerAddress) {}

  /**
   * How long a time is held.
   *
   * @param bookingSeconds for a running booking
   * @param formSeconds for a form that a patient fills in, and for each extension
   */
  public record HoldLengths(int bookingSeconds, int formSeconds) {}

  /**
   * What a caller has to prove before a visit is booked. Patients who have signed in at the booking
   * site have proved who they are already.
   *
   * @param verifyContact whether a code has to be typed in that we send to the contact point
   * @param verificationsPerAddressPerHour bookings that one network address begins in this way
   */
  public record IdentityChecks(boolean verifyContact, int verificationsPerAddressPerHour) {}

  /** How long signed tokens are valid. */
  public record Tokens(int slotMinutes, int manageDaysAfterVisit) {}
}
