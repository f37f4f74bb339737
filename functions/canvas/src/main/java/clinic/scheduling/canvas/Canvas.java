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
 * All calls to Canvas (docs/facts/canvas.md 1 to 4). A read returns the whole result or throws
 * {@link UnavailableException}. A search follows the links between its pages to the end: at most 50
 * pages unless stated otherwise, and no page begins after nine seconds. A write returns its {@link
 * WriteOutcome} and never throws.
 */
@Singleton
public class Canvas implements AppointmentReads {
  private static final Duration SEARCH_TIME_LIMIT = Duration.ofSeconds(9);

  /** The most pages of people born on one day; more would take too long for a waiting patient. */
  private static final int MAX_BIRTH_DATE_PAGES = 3;

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

  /** The schedules of all practitioners at all locations. */
  public List<Schedule> schedules() {
    return all("Schedule", query(), api::schedules);
  }

  /**
   * The free slots of one schedule (docs/facts/canvas.md 2.2).
   *
   * @param first the first local day
   * @param last the last local day, inclusive
   * @param minutes the length of the visit
   */
  public List<Slot> slots(String schedule, LocalDate first, LocalDate last, int minutes) {
    return slots(schedule, first, last, minutes, Deadline.in(SEARCH_TIME_LIMIT, clock));
  }

  /** The free slots of one schedule. No page of the search begins after the deadline. */
  public List<Slot> slots(
      String schedule, LocalDate first, LocalDate last, int minutes, Deadline deadline) {
    MultivaluedMap<String, String> query = query();
    query.add("schedule", schedule);
    query.add("start", first.toString());
    query.add("end", last.toString());
    query.add("duration", Integer.toString(minutes));
    return searches.all("Slot", query, api::slots, deadline);
  }

  /**
   * All active practitioners that can be booked, with their licences (docs/facts/canvas.md 4.2).
   */
  public List<Practitioner> practitioners() {
    return all("Practitioner", paged(), api::practitioners);
  }

  /** One active practitioner that can be booked, by staff key. */
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

  /** The appointments of a practitioner that start in {@code [from, to)}, in UTC days. */
  public List<Appointment> appointmentsOf(String practitioner, LocalDate from, LocalDate to) {
    return appointmentsOf(practitioner, from, to, Deadline.in(SEARCH_TIME_LIMIT, clock));
  }

  /**
   * The same as {@link #appointmentsOf(String, LocalDate, LocalDate)}, but no page of the search
   * begins after the deadline.
   */
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
   * All appointments that start in the interval. Its start and its end are cut to whole seconds.
   *
   * @throws SearchTooLargeException if there are more than 5,000
   */
  public List<Appointment> appointmentsStarting(Interval time, Deadline deadline) {
    MultivaluedMap<String, String> query = paged();
    query.add("date", "ge" + time.start().truncatedTo(ChronoUnit.SECONDS));
    query.add("date", "lt" + time.end().truncatedTo(ChronoUnit.SECONDS));
    query.add("_sort", "date");
    return searches.all("Appointment", query, api::appointments, deadline);
  }

  /** The appointments of a patient that start on a UTC day or later. */
  public List<Appointment> appointmentsOfPatient(String patient, LocalDate from) {
    MultivaluedMap<String, String> query = paged();
    query.add("patient", "Patient/" + patient);
    query.add("date", "ge" + from);
    query.add("_sort", "date");
    return all("Appointment", query, api::appointments);
  }

  /**
   * The appointments with an identifier. We compare the identifier again, since Canvas may match
   * others, too.
   */
  public List<Appointment> appointmentsByIdentifier(String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add("identifier", system + "|" + value);
    return all("Appointment", query, api::appointments).stream()
        .filter(found -> found.identifierOf(system).equals(Optional.of(value)))
        .toList();
  }

  /** Creates an appointment, which must carry an identifier by which we can find it again. */
  public WriteOutcome create(Appointment appointment) {
    return calls.write("Appointment", "", bearer -> api.create(bearer, appointment));
  }

  /**
   * Replaces an appointment.
   *
   * @param unchangedSince Canvas refuses the update if the appointment has changed after this
   *     instant; times are compared in whole seconds (docs/facts/canvas.md 1.6)
   */
  public WriteOutcome update(String id, Appointment appointment, Instant unchangedSince) {
    String since = HttpDate.text(unchangedSince);
    return calls.write("Appointment", id, bearer -> api.update(bearer, since, id, appointment));
  }

  public Optional<Patient> patient(String id) {
    return calls.read("Patient", bearer -> api.patient(bearer, id)).map(Versioned::resource);
  }

  /**
   * All patients born on this day. Canvas does not document how it compares names with accents,
   * apostrophes or several parts, so callers compare names themselves.
   *
   * @throws SearchTooLargeException if there are more than 300, for example because the day is a
   *     placeholder
   */
  public List<Patient> patientsBorn(Phi<String> birthDate) {
    return born(birthDate, paged());
  }

  /**
   * The patients born on this day with this phone number or e-mail address, as Canvas compares
   * them.
   *
   * @param system {@code phone} or {@code email}
   * @param value for a phone number, the ten digits that Canvas keeps
   * @throws SearchTooLargeException if there are more than 300
   */
  public List<Patient> patientsBorn(Phi<String> birthDate, String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add(system, value);
    return born(birthDate, query);
  }

  /**
   * The patients born on this day with these names, as Canvas compares them.
   *
   * @throws SearchTooLargeException if there are more than 300
   */
  public List<Patient> patientsBorn(Phi<String> birthDate, Phi<String> family, Phi<String> given) {
    MultivaluedMap<String, String> query = paged();
    query.add("family", family.value());
    query.add("given", given.value());
    return born(birthDate, query);
  }

  private List<Patient> born(Phi<String> birthDate, MultivaluedMap<String, String> query) {
    query.add("birthdate", birthDate.value());
    Deadline deadline = Deadline.in(SEARCH_TIME_LIMIT, clock);
    return searches.all("Patient", query, api::patients, deadline, MAX_BIRTH_DATE_PAGES);
  }

  /** The patients with an identifier. */
  public List<Patient> patientsByIdentifier(String system, String value) {
    MultivaluedMap<String, String> query = paged();
    query.add("identifier", system + "|" + value);
    return all("Patient", query, api::patients).stream()
        .filter(found -> found.hasIdentifier(system, value))
        .toList();
  }

  public WriteOutcome create(Patient patient) {
    return calls.write("Patient", "", bearer -> api.create(bearer, patient));
  }

  /** Writes a message into a chart; Canvas sends it to nobody (docs/facts/canvas.md 4.4). */
  public WriteOutcome create(Communication message) {
    return calls.write("Communication", "", bearer -> api.create(bearer, message));
  }

  private <T> List<T> all(
      String what,
      MultivaluedMap<String, String> query,
      BiFunction<String, MultivaluedMap<String, String>, Uni<RestResponse<Bundle<T>>>> search) {
    return searches.all(what, query, search, Deadline.in(SEARCH_TIME_LIMIT, clock));
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
