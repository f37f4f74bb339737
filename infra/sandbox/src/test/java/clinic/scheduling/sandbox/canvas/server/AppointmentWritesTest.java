package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.VisitReason;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of appointments follow the rules of Canvas, whether documented or observed. */
class AppointmentWritesTest {
  @Test
  void aCreateAnswersWithAnAbsoluteLocationAndNoBody() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var answer = canvas.post("/Appointment", RunningCanvas.visit());

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("Location"))
          .isEqualTo(canvas.server.url() + "/canvas/Appointment/" + answer.id());
    }
  }

  @Test
  void theLocationCanBeRelativeAndAbsentOnUpdates() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.LOCATION_RELATIVE, true);
      canvas.canvas.toggles().set(Toggle.LOCATION_ON_UPDATE, false);

      var created = canvas.post("/Appointment", RunningCanvas.visit());
      var updated = canvas.put("/Appointment/" + created.id(), canvas.updateOf(created.id()));

      assertThat(created.header("Location")).isEqualTo("/Appointment/" + created.id());
      assertThat(updated.status()).isEqualTo(200);
      assertThat(updated.header("Location")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "start", "end", "participant", "supportingInformation"})
  void everyRequiredFieldIsRequiredOnCreateAndUpdate(String field) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      body.remove(field);
      String id = canvas.create(RunningCanvas.visit());
      ObjectNode update = canvas.updateOf(id);
      update.remove(field);

      String missing = "required: body -> " + field + " — Field required (type=missing)";
      assertThat(canvas.post("/Appointment", body).issue()).isEqualTo(missing);
      assertThat(canvas.put("/Appointment/" + id, update).issue()).isEqualTo(missing);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "status; \"entered-in-error\"; 422",
        "status; \"waitlist\"; 422",
        "status; \"perhaps\"; 400",
        "status; \"\"; 400",
        "end; \"2027-03-16T16:00:00Z\"; 422",
        "end; \"2027-03-16T16:30:00\"; 400",
        "surprise; 1; 400",
        "minutesDuration; \"thirty\"; 400",
        "participant; []; 422",
        "participant; {}; 400",
        "supportingInformation; [{\"reference\":\"Location/none\"}]; 422",
        "supportingInformation; []; 422",
        "appointmentType; {\"coding\":[]}; 400",
        "appointmentType; {\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1\"}]}; 400",
        "contained; [{\"resourceType\":\"Endpoint\",\"id\":\"e\"}]; 400",
      })
  void aWrongFieldIsRefused(String field, String value, int status) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      body.set(field, Json.MAPPER.readTree(value));

      var answer = canvas.post("/Appointment", body);

      assertThat(answer.status()).as(answer.text()).isEqualTo(status);
      assertThat(canvas.canvas.appointmentTexts()).isEmpty();
    }
  }

  @Test
  void aTypeNeedsExactlyOneCoding() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      JsonNode coding = body.path("appointmentType").path("coding").path(0);
      body.withArray("/appointmentType/coding").add(coding.deepCopy());

      assertThat(canvas.post("/Appointment", body).status()).isEqualTo(400);
    }
  }

  @Test
  void aWrappedBodyAndBrokenJsonAreRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode wrapped = Json.object().set("resource", RunningCanvas.visit());

      assertThat(canvas.post("/Appointment", wrapped).status()).isEqualTo(400);
      assertThat(canvas.fhir("POST", "/Appointment", "{", Map.of()).issue())
          .startsWith("structure: ");
    }
  }

  @Test
  void aSecondPractitionerAndAMissingPatientAreRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode crowded = RunningCanvas.visit();
      crowded
          .withArray("/participant")
          .addObject()
          .put("status", "accepted")
          .putObject("actor")
          .put("reference", "Practitioner/" + World.OMAR);
      ObjectNode lonely = RunningCanvas.visit();
      lonely.withArray("/participant").remove(0);

      assertThat(canvas.post("/Appointment", crowded).status()).isEqualTo(422);
      assertThat(canvas.post("/Appointment", lonely).status()).isEqualTo(422);
    }
  }

  @Test
  void aReasonWhoseCodeIsNotUniqueIsRefused() throws Exception {
    World world = World.examples().plus(new VisitReason("http://loinc.org", "INIV", "Other", true));
    try (RunningCanvas canvas = RunningCanvas.start(world)) {
      assertThat(canvas.post("/Appointment", CanvasExamples.number(14).body()).status())
          .isEqualTo(422);
    }
  }

  @Test
  void whatIsLeftOutGetsItsDefault() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      body.remove(List.of("appointmentType", "reasonCode", "contained", "resourceType"));
      body.putNull("contained");

      JsonNode read = canvas.read(canvas.create(body));

      assertThat(read.path("appointmentType").path("coding").path(0).path("display").asText())
          .isEqualTo("Office Visit");
      assertThat(read.path("description").asText()).isEqualTo("No description given");
      assertThat(read.has("contained")).isFalse();
    }
  }

  @Test
  void theOldIntegerOfALocationStillWorks() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      ((ObjectNode) body.path("supportingInformation").path(0)).put("reference", "Location/1");

      JsonNode read = canvas.read(canvas.create(body));

      assertThat(read.path("supportingInformation").path(0).path("reference").asText())
          .isEqualTo("Location/" + RunningCanvas.HARBOR);
    }
  }

  @Test
  void timesAreNormalisedAndNothingUnmappedIsKept() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit("2027-03-16T09:00-07:00", "2027-03-16T09:30-07:00");
      body.put("comment", "x").put("minutesDuration", 30);
      ((ObjectNode) body.path("contained").path(0)).put("id", "appointment-meeting-endpoint");

      JsonNode read = canvas.read(canvas.create(body));

      assertThat(read.path("start").asText()).isEqualTo("2027-03-16T16:00:00+00:00");
      assertThat(read.has("comment") || read.has("minutesDuration")).isFalse();
      assertThat(read.path("contained").path(0).path("id").asText())
          .isEqualTo("appointment-meeting-endpoint-0");
      assertThat(read.path("participant").path(0).path("actor").path("type").asText())
          .isEqualTo("Practitioner");
    }
  }

  @Test
  void blockedTimeHasNoNoteAndMustRepeatItsTypeOnUpdate() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(CanvasExamples.number(15).body());
      ObjectNode update = canvas.updateOf(id);
      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(200);

      update.remove("appointmentType");

      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(422);
      assertThat(canvas.read(id).has("extension")).isFalse();
    }
  }

  @Test
  void doubleBookingIsAllowedOutsideOfHoursTooUntilItIsSwitchedOff() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode atNight = RunningCanvas.visit("2027-03-17T08:00:00Z", "2027-03-17T08:30:00Z");
      canvas.create(atNight);
      canvas.create(atNight);

      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);

      assertThat(canvas.post("/Appointment", atNight).issue())
          .isEqualTo("business-rule: This appointment time is no longer available.");
      canvas.create(RunningCanvas.visit("2027-03-17T08:30:00Z", "2027-03-17T09:00:00Z"));
    }
  }

  @Test
  void anAppointmentIsNeverInItsOwnWay() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);
      String id = canvas.create(RunningCanvas.visit());
      ObjectNode update = canvas.updateOf(id).put("end", "2027-03-16T16:45:00Z");

      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(200);
    }
  }

  @Test
  void aCancelledOneFreesItsTime() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);
      String id = canvas.create(RunningCanvas.visit());
      canvas.put("/Appointment/" + id, canvas.updateOf(id).put("status", "cancelled"));

      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(201);
    }
  }

  @Test
  void aBusyBlockRefusesABookingOnlyWhereDoubleBookingIsOff() throws Exception {
    World world =
        World.examples()
            .plus(
                CalendarEvent.on(
                    CalendarEvent.Kind.BUSY,
                    new ScheduleKey(1, World.INGRID),
                    LocalDate.parse("2027-03-16"),
                    LocalTime.of(9, 0),
                    LocalTime.of(10, 0)));
    try (RunningCanvas canvas = RunningCanvas.start(world)) {
      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(201);

      canvas.canvas.toggles().set(Toggle.DOUBLE_BOOKING, false);

      ObjectNode later = RunningCanvas.visit("2027-03-16T16:30:00Z", "2027-03-16T17:30:00Z");
      assertThat(canvas.post("/Appointment", later).status()).isEqualTo(422);
    }
  }

  @Test
  void anUpdateOfWhatDoesNotExistIsNotFound() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit().put("id", "ffffffff-ffff-4fff-8fff-ffffffffffff");

      assertThat(canvas.put("/Appointment/" + body.path("id").asText(), body).status())
          .isEqualTo(404);
    }
  }

  @Test
  void thePreconditionCountsWholeSeconds() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.clock.set("2027-03-15T12:00:10.900Z");
      String id = canvas.create(RunningCanvas.visit());
      String body = canvas.updateOf(id).toString();

      assertThat(put(canvas, id, body, "Mon, 15 Mar 2027 12:00:09 GMT")).isEqualTo(412);
      assertThat(put(canvas, id, body, "Mon, 15 Mar 2027 12:00:10 GMT")).isEqualTo(200);
      canvas.clock.advance(Duration.ofMinutes(1));
      assertThat(put(canvas, id, body, "Mon, 15 Mar 2027 12:00:30 GMT")).isEqualTo(200);
      assertThat(put(canvas, id, body, "Mon, 15 Mar 2027 12:00:30 GMT")).isEqualTo(412);
      assertThat(put(canvas, id, body, "yesterday")).isEqualTo(400);
    }
  }

  private static int put(RunningCanvas canvas, String id, String body, String since)
      throws Exception {
    return canvas
        .fhir("PUT", "/Appointment/" + id, body, Map.of("If-Unmodified-Since", since))
        .status();
  }

  @Test
  void aCancelledAppointmentTakesNoFurtherUpdateUnlessToldTo() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      ObjectNode update = canvas.updateOf(id);
      canvas.put("/Appointment/" + id, canvas.updateOf(id).put("status", "cancelled"));
      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(422);

      canvas.canvas.toggles().set(Toggle.UPDATE_OF_CANCELLED, "allowed");

      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(200);
      assertThat(canvas.read(id).path("status").asText()).isEqualTo("proposed");
    }
  }

  @Test
  void whatAnUpdateLeavesOutKeepsItsValue() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      JsonNode before = canvas.read(id);
      ObjectNode update = canvas.updateOf(id);
      update.remove(
          List.of("appointmentType", "reasonCode", "description", "contained", "identifier"));

      canvas.put("/Appointment/" + id, update);

      assertThat(canvas.read(id)).isEqualTo(before);
    }
  }
}
