package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Bundle;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.canvas.fhir.Location;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Practitioner;
import clinic.scheduling.canvas.fhir.Schedule;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.HttpDate;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What this system asks of Canvas. Reads answer whole or throw {@link UnavailableException}; a
 * search follows the links of its pages to the end, through at most 50 pages unless it says less,
 * and begins none after nine seconds. Writes answer every outcome as a value.
 */
@Singleton
public class Canvas implements AppointmentReads {
  private static final Duration SEARCH_WITHIN = Duration.ofSeconds(9);

  /** Born on one day; a patient waits for these pages. */
  private static final int PAGES_OF_ONE_DAY = 3;

  private final FhirApi api;
  private final CanvasCalls calls;
  private final PagedSearch searches;
  private final Clock clock;

  @Inject
  Canvas(@RestClient FhirApi api, CanvasCalls calls, Clock clock) {
    this.api = api;
    this.calls = calls;
    this.searches = new PagedSearch(calls);
    this.clock = clock;
  }

  /** Every practitioner at every place. */
  public List<Schedule> schedules() {
    return all("Schedule", query(), api::schedules);
  }

  /**
   * Start candidates of one schedule.
   *
   * @param first first local day
   * @param last last local day, inclusive
   * @param minutes the length of the visit
   */
  public List<Slot> slots(String schedule, LocalDate first, LocalDate last, int minutes) {
    return slots(schedule, first, last, minutes, Deadline.in(SEARCH_WITHIN, clock));
  }

  /** The same; no page is begun after the deadline. */
  public List<Slot> slots(
      String schedule, LocalDate first, LocalDate last, int minutes, Deadline deadline) {
    MultivaluedMap<String, String> query = query();
    query.add("schedule", schedule);
    query.add("start", first.toString());
    query.add("end", last.toString());
    query.add("duration", Integer.toString(minutes));
    return searches.all("Slot", query, api::slots, deadline);
  }

  /** Every active practitioner that may be booked, with their licences. */
  public List<Practitioner> practitioners() {
    return all("Practitioner", paged(), api::practitioners);
  }

  /** One active practitioner that may be booked, by staff key. */
  public Optional<Practitioner> practitioner(String key) {
    MultivaluedMap<String, String> query = paged();
    query.add("_id", key);
    return all("Practitioner", query, api::practitioners).stream()
        .filter(one -> key.equals(one.id()) && !Boolean.FALSE.equals(one.active()))
        .findFirst();
  }

  public List<Location> locations() {
    return all("Location", paged(), api::locations);
  }

  @Override
  public Optional<Versioned<Appointment>> appointment(String id) {
    return calls.read("Appointment", bearer -> api.appointment(bearer, id));
  }

  /** Appointments of a practitioner that start in {@code [from, to)}, UTC days. */
  public List<Appointment> appointmentsOf(String practitioner, LocalDate from, LocalDate to) {
    return appointmentsOf(practitioner, from, to, Deadline.in(SEARCH_WITHIN, clock));
  }

  /** The same; no page is begun after the deadline. */
  public List<Appointment> appointmentsOf(
      String practitioner, LocalDate from, LocalDate to, Deadline deadline) {
    MultivaluedMap<String, String> query = paged();
    query.add("practitioner", "Practitioner/" + practitioner);
    query.add("date", "ge" + from);
    query.add("date", "lt" + to);
    query.add("_sort", "date");
    return searches.all("Appointment", query, api::appointments, deadline);
  }

  /**
   * Appointments of everybody that start in {@code [from, to)}, to the second.
   *
   * @throws SearchTooLargeException if they are more than 5,000
   */
  public List<Appointment> appointmentsStarting(Interval time, Deadline deadline) {
    MultivaluedMap<String, String> query = paged();
    query.add("date", "ge" + time.start().truncatedTo(ChronoUnit.SECONDS));
    query.add("date", "lt" + time.end().truncatedTo(ChronoUnit.SECONDS));
    query.add("_sort", "date");
    return searches.all("Appointment", query, api::appointments, deadline);
  }

  /** Appointments of a patient that start on a UTC day or later. */
  public List<Appointment> appointmentsOfPatient(String patient, LocalDate from) {
    MultivaluedMap<String, String> query = paged();
    query.add("patient", "Patient/" + patient);
    query.add("date", "ge" + from);
    query.add("_sort", "date");
    return all("Appointment", query, api::appointments);
  }

  /** Appointments that carry an identifier, checked again here. */
  public List<Appointment> appointmentsNamed(String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add("identifier", system + "|" + value);
    return all("Appointment", query, api::appointments).stream()
        .filter(found -> found.identifierOf(system).equals(Optional.of(value)))
        .toList();
  }

  /** Creates; the appointment must carry an identifier by which it can be found again. */
  public WriteOutcome create(Appointment appointment) {
    return calls.write("Appointment", "", bearer -> api.create(bearer, appointment));
  }

  /**
   * Replaces an appointment.
   *
   * @param unchangedSince refuse if it was changed after this instant (whole seconds)
   */
  public WriteOutcome update(String id, Appointment appointment, Instant unchangedSince) {
    String since = HttpDate.text(unchangedSince);
    return calls.write("Appointment", id, bearer -> api.update(bearer, since, id, appointment));
  }

  public Optional<Patient> patient(String id) {
    return calls.read("Patient", bearer -> api.patient(bearer, id)).map(Versioned::resource);
  }

  /**
   * Everybody born on this day. Canvas does not say how it compares names with accents, apostrophes
   * or several parts, so whoever looks for one person compares names themselves.
   *
   * @throws SearchTooLargeException if they are more than 300: some charts have a placeholder
   */
  public List<Patient> patientsBorn(Phi<String> birthDate) {
    return born(birthDate, paged());
  }

  /**
   * Those born on this day whose phone number or e-mail address this is, as Canvas compares them.
   *
   * @param system {@code phone} or {@code email}
   * @param value of a phone number the ten digits that Canvas keeps
   * @throws SearchTooLargeException if they are more than 300
   */
  public List<Patient> patientsBorn(Phi<String> birthDate, String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add(system, value);
    return born(birthDate, query);
  }

  /**
   * Those born on this day who have these names, as Canvas compares them.
   *
   * @throws SearchTooLargeException if they are more than 300
   */
  public List<Patient> patientsBorn(Phi<String> birthDate, Phi<String> family, Phi<String> given) {
    MultivaluedMap<String, String> query = paged();
    query.add("family", family.value());
    query.add("given", given.value());
    return born(birthDate, query);
  }

  private List<Patient> born(Phi<String> birthDate, MultivaluedMap<String, String> query) {
    query.add("birthdate", birthDate.value());
    Deadline deadline = Deadline.in(SEARCH_WITHIN, clock);
    return searches.all("Patient", query, api::patients, deadline, PAGES_OF_ONE_DAY);
  }

  /** Patients that carry an identifier. */
  public List<Patient> patientsNamed(String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add("identifier", system + "|" + value);
    return all("Patient", query, api::patients).stream()
        .filter(found -> found.isNamed(system, value))
        .toList();
  }

  public WriteOutcome create(Patient patient) {
    return calls.write("Patient", "", bearer -> api.create(bearer, patient));
  }

  /** Writes a message into a chart; Canvas sends it to nobody. */
  public WriteOutcome create(Communication message) {
    return calls.write("Communication", "", bearer -> api.create(bearer, message));
  }

  private <T> List<T> all(
      String what,
      MultivaluedMap<String, String> query,
      BiFunction<String, MultivaluedMap<String, String>, Uni<RestResponse<Bundle<T>>>> search) {
    return searches.all(what, query, search, Deadline.in(SEARCH_WITHIN, clock));
  }

  private static MultivaluedMap<String, String> paged() {
    MultivaluedMap<String, String> query = query();
    query.add("_count", Integer.toString(PagedSearch.PAGE));
    return query;
  }

  private static MultivaluedMap<String, String> query() {
    return new MultivaluedHashMap<>();
  }
}
