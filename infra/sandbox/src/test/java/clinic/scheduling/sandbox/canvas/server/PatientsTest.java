package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patients are created without a duplicate check and found by what Canvas searches. */
class PatientsTest {
  @Test
  void theSameCreateTwiceMakesTwoPatients() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      JsonNode body = CanvasExamples.number(12).body();

      String first = canvas.post("/Patient", body).id();
      String second = canvas.post("/Patient", body).id();

      assertThat(second).matches("[0-9a-f]{32}").isNotEqualTo(first);
      assertThat(total(canvas, "identifier=pt-0002")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resourceType", "name", "gender", "birthDate", "extension"})
  void everyRequiredFieldIsRequired(String field) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = ((ObjectNode) CanvasExamples.number(12).body()).deepCopy();
      body.remove(field);

      assertThat(canvas.post("/Patient", body).status()).isEqualTo(400);
    }
  }

  @Test
  void aBirthSexAndAnOfficialNameAreRequired() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode noSex = ((ObjectNode) CanvasExamples.number(12).body()).deepCopy();
      noSex.withArray("/extension").remove(0);
      ObjectNode noName = ((ObjectNode) CanvasExamples.number(12).body()).deepCopy();
      ((ObjectNode) noName.path("name").path(0)).put("use", "usual");

      assertThat(canvas.post("/Patient", noSex).status()).isEqualTo(400);
      assertThat(canvas.post("/Patient", noName).status()).isEqualTo(400);
    }
  }

  @Test
  void aReadShowsWhatCanvasAdds() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      JsonNode jordan = canvas.get("/Patient/" + RunningCanvas.JORDAN).json();

      assertThat(jordan.path("identifier").path(0).path("system").asText())
          .isEqualTo("http://canvasmedical.com");
      assertThat(jordan.path("telecom").path(0).path("id").asText()).isNotEmpty();
      assertThat(jordan.path("deceasedBoolean").asBoolean(true)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "family=fixture, 1",
    "given=jor, 1",
    "name=ock, 1",
    "birthdate=1990-02-03, 1",
    "email=AVERY.fixture@example.invalid, 1",
    "phone=5550100123, 1",
    "phone=5550100199, 0",
    "gender=female, 1",
    "active=true, 2",
    "identifier=urn:example:external-scheduling%7C, 2",
    "identifier=urn:example:external-scheduling%7Cpt-0001, 1",
    "identifier=urn:other%7Cpt-0001, 0",
    "_id=9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5, 1",
    "family=Fixture&birthdate=1985-07-09, 0",
    "nonsense=1, 2",
  })
  void aSearchFindsSoMany(String query, int count) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(total(canvas, query)).isEqualTo(count);
    }
  }

  @Test
  void aMessageStaysInTheChart() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = ((ObjectNode) CanvasExamples.number(37).body()).deepCopy();
      String id = canvas.post("/Communication", body.put("status", "in-progress")).id();

      JsonNode read = canvas.get("/Communication/" + id).json();

      assertThat(read.path("status").asText()).isEqualTo("completed");
      body.withArray("/recipient").add(body.path("recipient").path(0).deepCopy());
      assertThat(canvas.post("/Communication", body).status()).isEqualTo(422);
      assertThat(
              canvas
                  .get("/Communication?patient=Patient/" + RunningCanvas.AVERY)
                  .json()
                  .path("total"))
          .hasToString("1");
    }
  }

  private static int total(RunningCanvas canvas, String query) throws Exception {
    return canvas.get("/Patient?" + query).json().path("total").asInt();
  }
}
