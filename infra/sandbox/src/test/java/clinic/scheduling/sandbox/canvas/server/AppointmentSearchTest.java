package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appointments are found by every documented parameter, and by no other. */
class AppointmentSearchTest {
  @ParameterizedTest
  @CsvSource({
    "date=2027-03-16, 16a 16b",
    "date=eq2027-03-17, 17",
    "date=gt2027-03-16, 17",
    "date=ge2027-03-17, 17",
    "date=lt2027-03-17, 16a 16b",
    "date=le2027-03-16, 16a 16b",
    "date=ge2027-03-16T20:00:00Z, 16b 17",
    "date=gt2027-03-16T20:15:00Z, 17",
    "date=lt2027-03-16T20:15:00%2B00:00, 16a",
    "date=ge2027-03-16T17:00:00&date=lt2027-03-17, 16b",
    "status=booked, 17",
    "'status=proposed,booked', 16a 16b 17",
    "identifier=bk-0192f0a4-0002, 16b",
    "identifier=urn:example:calendar-block%7Ccal-evt-0001, 17",
    "identifier=urn:example:calendar-block%7Cbk-0192f0a4-0002, ''",
    "appointment-type=448337001, 16a",
    "appointment-type=http://snomed.info/sct%7C308335008, 16b",
    "patient=Patient/9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5, 16a 16b",
    "practitioner=Practitioner/3f8a9b7c6d5e4f10a293847561bbccdd, ''",
    "location=Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01, 16a 16b 17",
    "_sort=-date, 17 16b 16a",
    "_sort=patient, 17 16a 16b",
    "misspelled=x, 16a 16b 17",
  })
  void theSearchFinds(String query, String expected) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var names = new LinkedHashMap<String, String>();
      names.put(canvas.create(CanvasExamples.number(13).body()), "16a");
      names.put(canvas.create(CanvasExamples.number(14).body()), "16b");
      names.put(canvas.create(CanvasExamples.number(15).body()), "17");

      List<String> found = ids(canvas, query).stream().map(names::get).toList();

      assertThat(String.join(" ", found)).isEqualTo(expected);
    }
  }

  @Test
  void anIdFindsOneAndNothingHasNoLinks() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      canvas.create(RunningCanvas.visit());

      assertThat(ids(canvas, "_id=" + id)).containsExactly(id);
      assertThat(canvas.get("/Appointment?_id=none").json().has("link")).isFalse();
    }
  }

  @Test
  void aDateThatIsNoneIsRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.create(RunningCanvas.visit());

      assertThat(canvas.get("/Appointment?date=ne2027-03-16").status()).isEqualTo(400);
      assertThat(canvas.get("/Appointment?date=lt2027-03-16T20:15:00+00:00").status())
          .as("a plus sign that was not encoded")
          .isEqualTo(400);
    }
  }

  @Test
  void aPostedSearchIsTheSameSearch() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.create(RunningCanvas.visit());

      var answer =
          canvas.fhir("POST", "/Appointment/_search", "status=proposed&_count=5", Map.of());

      assertThat(answer.json().path("total").asInt()).isEqualTo(1);
    }
  }

  @Test
  void readsCanLagBehindAWrite() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      canvas.clock.advance(Duration.ofMinutes(5));
      ObjectNode update = canvas.updateOf(id).put("status", "booked");
      canvas.canvas.toggles().set(Toggle.READ_LAG_SECONDS, 30);

      canvas.put("/Appointment/" + id, update);
      assertThat(canvas.read(id).path("status").asText()).isEqualTo("proposed");
      assertThat(ids(canvas, "status=booked")).isEmpty();

      canvas.clock.advance(Duration.ofSeconds(30));
      assertThat(canvas.read(id).path("status").asText()).isEqualTo("booked");
    }
  }

  private static List<String> ids(RunningCanvas canvas, String query) throws Exception {
    return canvas
        .get("/Appointment?" + query)
        .json()
        .path("entry")
        .valueStream()
        .map(entry -> entry.path("resource").path("id").asText())
        .toList();
  }
}
