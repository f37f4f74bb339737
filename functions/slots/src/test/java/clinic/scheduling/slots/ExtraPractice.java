package clinic.scheduling.slots;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Clinician;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The example practice with more visit types and more clinicians. These clinicians offer only
 * {@code consult}, by video, from 9:00 to 17:00, and each of them has other licences.
 */
final class ExtraPractice {
  private static final String STATE =
      "http://schemas.canvasmedical.com/fhir/extensions/issuing-authority-state";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExtraPractice() {}

  static World in(World world) {
    List<Clinician> clinicians = new ArrayList<>(world.clinicians());
    List<ScheduleKey> schedules = new ArrayList<>(world.schedules());
    List<CalendarEvent> calendar = new ArrayList<>(world.calendar());
    clinician(clinicians, "lena", licence("STATE", "CA", "2019-01-01", "2024-12-31"));
    clinician(clinicians, "fia", licence("STATE", "CA", "2027-06-01", "2030-12-31"));
    clinician(clinicians, "wes", licence("STATE", "OR", "2019-01-01", "2030-12-31"));
    clinician(clinicians, "mia", licence("DEA", "CA", "2019-01-01", "2030-12-31"));
    clinician(clinicians, "una", licence("STATE", "CA", "soon", "2030-12-31"));
    ObjectNode taxonomy = licence("TAXONOMY", "CA", "2019-01-01", "2030-12-31");
    taxonomy.putArray("identifier").addObject().put("value", "207N00000X");
    clinician(clinicians, "gil", licence("STATE", "CA", "2019-01-01", "2027-01-05"), taxonomy);
    for (String who : List.of("lena", "fia", "wes", "mia", "una", "gil")) {
      ScheduleKey schedule = new ScheduleKey(2, key(who));
      schedules.add(schedule);
      calendar.add(
          CalendarEvent.weekly(
              schedule,
              EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
              LocalTime.of(9, 0),
              LocalTime.of(17, 0)));
    }
    return new World(
        world.places(),
        clinicians,
        schedules,
        calendar,
        world.types(),
        world.reasons(),
        world.patients(),
        world.ids());
  }

  /** Writes the practice document into a file. */
  static Path document() throws IOException {
    ObjectNode practice =
        (ObjectNode) JSON.readTree(Path.of("../../infra/practice.example.json").toFile());
    practice
        .withArray("practitioners")
        .forEach(
            one ->
                ((ObjectNode) one)
                    .putArray("visitTypes")
                    .add("office")
                    .add("video")
                    .add("home")
                    .add("grid"));
    for (String who : List.of("lena", "fia", "wes", "mia", "una", "gil", "nobody")) {
      practice
          .withArray("practitioners")
          .addObject()
          .put("id", who)
          .put("canvasId", key(who))
          .put("name", who)
          .putArray("visitTypes")
          .add("consult");
    }
    ArrayNode types = practice.withArray("visitTypes");
    types.add(
        JSON.readTree(
            """
            {"id": "home", "name": "Home visit", "modality": "in-person", "locations": ["harbor"],
             "coding": {"system": "http://snomed.info/sct", "code": "439708006"},
             "durations": [30], "bufferBeforeMinutes": 15, "bufferAfterMinutes": 10}
            """));
    types.add(
        JSON.readTree(
            """
            {"id": "consult", "name": "Consult", "modality": "video", "locations": ["virtual"],
             "coding": {"system": "http://snomed.info/sct", "code": "185317003"},
             "durations": [20, 30, 60],
             "reasons": [{"system": "INTERNAL", "code": "LONG", "name": "Long", "durations": [60, 30]},
                         {"system": "INTERNAL", "code": "ANY", "name": "Any"}]}
            """));
    types.add(
        JSON.readTree(
            """
            {"id": "grid", "name": "Grid", "modality": "video", "locations": ["virtual"],
             "coding": {"system": "http://snomed.info/sct", "code": "31108002"},
             "durations": [20], "startEveryMinutes": 60,
             "hours": [{"days": ["monday", "wednesday"], "from": "13:00", "to": "15:20"},
                       {"days": ["tuesday"], "from": "00:00", "to": "24:00"}]}
            """));
    practice
        .putArray("specialties")
        .addObject()
        .put("id", "dermatology")
        .putArray("taxonomies")
        .add("207N00000X");
    Path file = Files.createTempFile("practice", ".json");
    file.toFile().deleteOnExit();
    Files.writeString(file, practice.toString());
    return file;
  }

  static String key(String who) {
    return String.format("%32s", Integer.toHexString(who.hashCode())).replace(' ', '0');
  }

  private static void clinician(List<Clinician> all, String who, ObjectNode... qualifications) {
    ObjectNode resource =
        (ObjectNode) CanvasExamples.number(8).responseBody().at("/entry/1/resource").deepCopy();
    resource.put("id", key(who));
    ArrayNode list = resource.putArray("qualification");
    for (ObjectNode one : qualifications) {
      list.add(one);
    }
    all.add(new Clinician(true, resource));
  }

  private static ObjectNode licence(String kind, String state, String start, String end) {
    ObjectNode licence = JSON.createObjectNode();
    licence.putObject("code").put("text", kind);
    licence.putObject("period").put("start", start).put("end", end);
    licence
        .putObject("issuer")
        .putArray("extension")
        .addObject()
        .put("url", STATE)
        .put("valueString", state);
    return licence;
  }
}
