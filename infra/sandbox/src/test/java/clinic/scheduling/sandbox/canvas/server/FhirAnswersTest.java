package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every FHIR answer has the same headers and media type, whatever its content. */
class FhirAnswersTest {
  @Test
  void everyAnswerHasItsOwnCorrelationId() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String first = canvas.get("/Schedule").header("fumage-correlation-id");
      String second = canvas.get("/Schedule").header("fumage-correlation-id");
      String ofAnError = canvas.get("/Nothing").header("fumage-correlation-id");

      assertThat(List.of(first, second, ofAnError)).doesNotHaveDuplicates().doesNotContain("");
    }
  }

  @Test
  void bodiesAreFhirJsonWithoutVersionMarks() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var answer = canvas.get("/Appointment/" + canvas.create(RunningCanvas.visit()));

      assertThat(answer.header("Content-Type")).isEqualTo("application/fhir+json");
      assertThat(answer.header("ETag")).isEmpty();
      assertThat(answer.header("Last-Modified")).isEmpty();
      assertThat(answer.json().has("meta")).isFalse();
    }
  }

  @Test
  void theOtherDocumentedTextsCanBeChosen() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.OTHER_TEXT_400, true).set(Toggle.OTHER_TEXT_412, true);
      canvas.canvas.toggles().set(Toggle.ERROR_ID, true);
      String id = canvas.create(RunningCanvas.visit());

      var badRequest = canvas.get("/Slot");
      var conflict =
          canvas.fhir(
              "PUT",
              "/Appointment/" + id,
              canvas.updateOf(id).toString(),
              Map.of("If-Unmodified-Since", "Mon, 01 Mar 2027 10:00:00 GMT"));

      assertThat(badRequest.issue())
          .isEqualTo("invalid: The request was malformed or failed validation.");
      assertThat(badRequest.json().path("id").asText()).isEqualTo("101");
      assertThat(conflict.status()).isEqualTo(412);
      assertThat(conflict.issue())
          .isEqualTo(
              "conflict: The resource has been modified since the precondition was specified.");
    }
  }

  @Test
  void anUnknownResourceIsNotFound() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(canvas.get("/PractitionerRole").status()).isEqualTo(404);
      assertThat(canvas.get("/Appointment/a/_history/1").status()).isEqualTo(404);
      assertThat(canvas.get("/Appointment/a_b").status()).isEqualTo(400);
    }
  }

  @Test
  void whatIsNotOfferedIs405() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String path = "/Appointment/" + canvas.create(RunningCanvas.visit());

      assertThat(canvas.fhir("DELETE", path, "", Map.of()).status()).isEqualTo(405);
      assertThat(canvas.fhir("PATCH", path, "{}", Map.of()).status()).isEqualTo(405);
      assertThat(canvas.get("/Slot/1").status()).isEqualTo(405);
      assertThat(canvas.get("/Schedule/" + RunningCanvas.INGRID_HARBOR).status()).isEqualTo(405);
      assertThat(canvas.post("/Schedule", Json.object()).status()).isEqualTo(405);
      assertThat(canvas.fhir("PUT", "/Appointment", "{}", Map.of()).status()).isEqualTo(405);
    }
  }
}
