package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an instance holds when it starts; immutable.
 *
 * @param patients in the form of a create, with an id
 * @param ids foretold ids by kind ({@code Appointment}, {@code Note}, {@code Identifier}, {@code
 *     Patient}, {@code Communication}), used up in order
 */
public record World(
    List<Place> places,
    List<Clinician> clinicians,
    List<ScheduleKey> schedules,
    List<CalendarEvent> calendar,
    List<VisitType> types,
    List<VisitReason> reasons,
    List<ObjectNode> patients,
    Map<String, List<String>> ids) {

  public World {
    places = List.copyOf(places);
    clinicians = List.copyOf(clinicians);
    schedules = List.copyOf(schedules);
    calendar = List.copyOf(calendar);
    types = List.copyOf(types);
    reasons = List.copyOf(reasons);
    patients = List.copyOf(patients);
    ids = Map.copyOf(ids);
  }

  /** The world of the golden examples: March 2027, few hours, one lapsed licence. */
  public static World examples() {
    return Worlds.examples();
  }

  /** The practice of the local run: weekly hours, licences that last, no patients. */
  public static World local() {
    return Worlds.local();
  }

  /**
   * So many clinicians with one schedule each, the same at every start; {@link LargeWorld#practice}
   * is the document to go with it.
   *
   * @throws IllegalArgumentException unless 1 to 1000
   */
  public static World large(int schedules) {
    return LargeWorld.world(schedules);
  }

  /** This world with these calendar entries in place of its own. */
  public World withCalendar(CalendarEvent... entries) {
    return new World(
        places, clinicians, schedules, List.of(entries), types, reasons, patients, ids);
  }

  /** This world with one more calendar entry. */
  public World plus(CalendarEvent entry) {
    List<CalendarEvent> more = Stream.concat(calendar.stream(), Stream.of(entry)).toList();
    return new World(places, clinicians, schedules, more, types, reasons, patients, ids);
  }

  public World plus(Clinician clinician) {
    List<Clinician> more = Stream.concat(clinicians.stream(), Stream.of(clinician)).toList();
    return new World(places, more, schedules, calendar, types, reasons, patients, ids);
  }

  public World plus(VisitReason reason) {
    List<VisitReason> more = Stream.concat(reasons.stream(), Stream.of(reason)).toList();
    return new World(places, clinicians, schedules, calendar, types, more, patients, ids);
  }

  public World withoutPatients() {
    return new World(places, clinicians, schedules, calendar, types, reasons, List.of(), ids);
  }

  /** This world with the ids of the next resources of a kind foretold. */
  public World foretelling(String kind, String... next) {
    Map<String, List<String>> more = new HashMap<>(ids);
    more.put(kind, List.of(next));
    return new World(places, clinicians, schedules, calendar, types, reasons, patients, more);
  }
}
