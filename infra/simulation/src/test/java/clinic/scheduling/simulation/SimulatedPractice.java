package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The practice of all runs: the example with more clinicians, with every policy. */
final class SimulatedPractice {
  static final int OFFICE = 0;
  static final int VIDEO = 1;
  static final int HOME = 2;
  static final List<String> TITLES = List.of("Office visit", "Video visit", "Home visit");
  static final List<String> CODES = List.of("308335008", "448337001", "439708006");
  static final List<String> PLACES = List.of("Harbor Clinic", "Virtual Care", "Pier Annex");
  static final List<String> PLACE_IDS =
      List.of(
          "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01",
          "8e2d7c41-1f3a-4b6d-8c90-6a5b4c3d2e02",
          "0d6b1c3a-52f7-4f0e-8d1c-3c2b1a09f803");
  static final String CANVAS_URL = "https://canvas.example.invalid";
  static final String SYSTEM = "urn:example:external-scheduling";
  private static final String[][] POLICIES = {
    {"full", "full"},
    {"initials", "initials"},
    {"busy", "busy"},
    {"full", "busy"},
    {"initials", "busy"},
    {"busy", "initials"},
    {"initials", "full"},
    {"busy", "full"},
  };
  static final int CLINICIANS = POLICIES.length;

  /** How many clinicians have meetings that block time. */
  static final int WITH_MEETINGS = 2;

  /** The booking window where there are meetings. */
  static final int MEETING_DAYS = 14;

  private SimulatedPractice() {}

  static String staffKey(int clinician) {
    return "c".repeat(31) + clinician;
  }

  static Practice practice() {
    return PracticeReader.read(json().toString());
  }

  private static ObjectNode json() {
    try {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode json =
          (ObjectNode) mapper.readTree(Path.of("..", "practice.example.json").toFile());
      ObjectNode home = json.withArray("visitTypes").get(0).deepCopy();
      home.put("id", "home").put("name", TITLES.get(HOME)).put("modality", "home");
      ((ObjectNode) home.get("coding")).put("code", CODES.get(HOME)).put("display", "Home visit");
      json.withArray("visitTypes").add(home);
      ObjectNode annex = json.withArray("locations").get(0).deepCopy();
      annex.put("id", "annex").put("name", PLACES.get(2)).put("scheduleKey", "3");
      annex.put("canvasId", PLACE_IDS.get(2));
      json.withArray("locations").add(annex);
      ArrayNode clinicians = json.putArray("practitioners");
      for (int i = 0; i < CLINICIANS; i++) {
        clinician(clinicians.addObject(), i);
      }
      json.put("canvasUrl", CANVAS_URL);
      ((ObjectNode) json.get("messages")).put("settleSeconds", 20);
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A practice of two clinicians whose meetings block time. */
  static Practice withMeetings() {
    ObjectNode json = json();
    json.withArray("visitTypes")
        .forEach(type -> ((ObjectNode) type).put("bookingWindowDays", MEETING_DAYS));
    ArrayNode clinicians = json.withArray("practitioners");
    while (clinicians.size() > WITH_MEETINGS) {
      clinicians.remove(WITH_MEETINGS);
    }
    for (int i = 0; i < WITH_MEETINGS; i++) {
      for (JsonNode calendar : clinicians.get(i).path("calendars")) {
        ((ObjectNode) calendar)
            .put("address", MeetingCalendars.MAILBOXES.get(i))
            .put("direction", "both");
      }
    }
    ObjectNode special =
        ((ObjectNode) clinicians.get(1).path("calendars").get(1)).putObject("meetings");
    special.put("minimumMinutes", 20).putObject("blocks").put("tentative", false);
    json.putObject("meetings")
        .putObject("eventType")
        .put("system", "http://snomed.info/sct")
        .put("code", "272379006")
        .put("display", "Event");
    json.putObject("reconciliation")
        .put("fewRemovals", 3)
        .put("mostRemovals", 20)
        .put("mostRemovalsPercent", 40);
    return PracticeReader.read(json.toString());
  }

  /** The same rules for the test oracle. */
  static MeetingChecks.Rule rule(int clinician, Provider provider) {
    return clinician == 1 && provider == Provider.GOOGLE
        ? new MeetingChecks.Rule(false, 20)
        : new MeetingChecks.Rule(true, 5);
  }

  private static void clinician(ObjectNode json, int i) {
    json.put("id", "clinician-" + i)
        .put("canvasId", staffKey(i))
        .put("name", "Clinician Number" + i + " MD");
    json.putArray("specialties").add("family-medicine");
    json.putArray("licences");
    ArrayNode calendars = json.putArray("calendars");
    binding(calendars.addObject().put("provider", "outlook"), i, POLICIES[i][0]);
    binding(calendars.addObject().put("provider", "google"), i, POLICIES[i][1]);
  }

  private static void binding(ObjectNode json, int i, String policy) {
    json.put("address", "clinician" + i + "@example.invalid")
        .put("policy", policy)
        .put("baa", policy.equals("full"))
        .put("direction", "from-canvas");
  }
}
