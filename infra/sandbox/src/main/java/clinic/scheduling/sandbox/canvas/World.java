package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The data of an instance when it starts. Immutable.
 *
 * @param patients as in a FHIR create, but with an id
 * @param ids ids to use next by kind ({@code Appointment}, {@code Note}, {@code Identifier}, {@code
 *     Patient}, {@code Communication}), in order
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
  public static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  public static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  static final String PETRA = "0c4e2a6880d94b7fa1c35e7d9b2f4a60";
  public static final String SNOMED = "http://snomed.info/sct";
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final ScheduleKey INGRID_HARBOR = new ScheduleKey(1, INGRID);
  private static final ScheduleKey INGRID_VIRTUAL = new ScheduleKey(2, INGRID);
  private static final ScheduleKey OMAR_VIRTUAL = new ScheduleKey(2, OMAR);
  private static final ScheduleKey PETRA_HARBOR = new ScheduleKey(1, PETRA);

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

  /** The practice of the recorded examples: March 2027, few hours, one expired licence. */
  public static World examples() {
    List<ScheduleKey> schedules = List.of(INGRID_HARBOR, INGRID_VIRTUAL, OMAR_VIRTUAL);
    List<CalendarEvent> calendar =
        List.of(
            CalendarEvent.weekly(INGRID_HARBOR, WORKDAYS, LocalTime.of(9, 0), LocalTime.of(10, 0)),
            CalendarEvent.weekly(
                INGRID_HARBOR, WORKDAYS, LocalTime.of(13, 15), LocalTime.of(13, 45)),
            hours(OMAR_VIRTUAL));
    List<Clinician> clinicians =
        resources(8).map(resource -> new Clinician(true, resource)).toList();
    return new World(
        examplePlaces(),
        clinicians,
        schedules,
        calendar,
        exampleTypes(),
        exampleReasons(),
        examplePatients(),
        exampleIds());
  }

  /** The practice of the local run: weekly hours, licences valid for years, no patients. */
  public static World local() {
    List<ScheduleKey> schedules =
        List.of(INGRID_HARBOR, INGRID_VIRTUAL, OMAR_VIRTUAL, PETRA_HARBOR);
    List<Clinician> clinicians = new ArrayList<>();
    resources(8)
        .map(World::licensedUntil2035)
        .forEach(resource -> clinicians.add(new Clinician(true, resource)));
    clinicians.add(new Clinician(true, petra()));
    return new World(
        examplePlaces(),
        clinicians,
        schedules,
        schedules.stream().map(World::hours).toList(),
        exampleTypes(),
        exampleReasons(),
        List.of(),
        Map.of());
  }

  /** This world with other calendar events. */
  public World withCalendar(CalendarEvent... entries) {
    return new World(
        places, clinicians, schedules, List.of(entries), types, reasons, patients, ids);
  }

  /** This world with one more calendar event. */
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

  /** This world with given ids for the next resources of a kind. */
  public World foretelling(String kind, String... next) {
    Map<String, List<String>> more = new HashMap<>(ids);
    more.put(kind, List.of(next));
    return new World(places, clinicians, schedules, calendar, types, reasons, patients, more);
  }

  static CalendarEvent hours(ScheduleKey schedule) {
    return CalendarEvent.weekly(schedule, WORKDAYS, LocalTime.of(9, 0), LocalTime.of(17, 0));
  }

  static List<Place> examplePlaces() {
    List<ObjectNode> resources = resources(9).toList();
    return List.of(new Place(1, ZONE, resources.get(0)), new Place(2, ZONE, resources.get(1)));
  }

  static List<VisitType> exampleTypes() {
    return List.of(
        new VisitType(SNOMED, "308335008", "Office Visit", true, true, true),
        new VisitType(SNOMED, "448337001", "Telemedicine", true, true, false),
        new VisitType(SNOMED, "439708006", "Home Visit", true, true, false),
        new VisitType(SNOMED, "185317003", "Phone Call", true, true, false),
        new VisitType(SNOMED, "31108002", "Lab Visit", true, true, false),
        new VisitType(SNOMED, "272379006", "Generic event", true, false, false),
        new VisitType("INTERNAL", "CHARTREV", "Chart review", false, true, false));
  }

  static List<VisitReason> exampleReasons() {
    return List.of(
        new VisitReason("INTERNAL", "INIV", "Initial Visit", true),
        new VisitReason("INTERNAL", "FU", "Follow-up", true));
  }

  private static List<ObjectNode> examplePatients() {
    ObjectNode jordan = ((ObjectNode) CanvasExamples.number(12).body()).deepCopy();
    jordan.put("id", "5a6b7c8d9e0f4123a4b5c6d7e8f90a1b");
    return List.of(resources(10).findFirst().orElseThrow(), jordan);
  }

  private static Map<String, List<String>> exampleIds() {
    return Map.of(
        "Appointment",
        List.of(
            "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801",
            "2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902",
            "3c6f8e40-b2d5-4f79-a043-9e8d7c6b5a03"),
        "Note",
        List.of("c41d2e5f-6a7b-4c8d-9e0f-1a2b3c4d5e01", "d52e3f60-7b8c-4d9e-8f10-2b3c4d5e6f02"),
        "Identifier",
        List.of(
            "f1e2d3c4-b5a6-4978-8695-a4b3c2d1e0f1",
            "f1e2d3c4-b5a6-4978-8695-a4b3c2d1e0f2",
            "f1e2d3c4-b5a6-4978-8695-a4b3c2d1e0f3"),
        "Patient",
        List.of("5a6b7c8d9e0f4123a4b5c6d7e8f90a1b"),
        "Communication",
        List.of("6f92b173-e508-4cac-9376-c1b0af9e8d06"));
  }

  private static ObjectNode licensedUntil2035(ObjectNode practitioner) {
    for (JsonNode qualification : practitioner.path("qualification")) {
      ((ObjectNode) qualification.path("period")).put("end", "2035-12-31");
    }
    return practitioner;
  }

  /** A third practitioner, derived from the second; her licence has expired. */
  private static ObjectNode petra() {
    String omar = resources(8).toList().get(1).toString();
    String text =
        omar.replace(OMAR, PETRA)
            .replace("Omar Samplesson NP", "Petra Mockford DO")
            .replace("Omar", "Petra")
            .replace("Samplesson", "Mockford")
            .replace("omar.samplesson", "petra.mockford")
            .replace("/samplesson", "/mockford")
            .replace("1000000029", "1000000052")
            .replace("001000000029", "001000000052")
            .replace("TEST-CA-0003", "TEST-CA-0004")
            .replace("8e2d7c41-1f3a-4b6d-8c90-6a5b4c3d2e02", "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01")
            .replace("Virtual Care", "Harbor Clinic")
            .replace("\"NP\"", "\"DO\"")
            .replace("2024-01-01", "2019-01-01")
            .replace("2026-12-31", "2023-12-31");
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("example 08 does not read", e);
    }
  }

  static Stream<ObjectNode> resources(int example) {
    List<ObjectNode> resources = new ArrayList<>();
    CanvasExamples.number(example)
        .responseBody()
        .path("entry")
        .forEach(entry -> resources.add((ObjectNode) entry.path("resource").deepCopy()));
    return resources.stream();
  }
}
