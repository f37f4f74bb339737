package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** An update replaces the identifiers that are still valid. */
class IdentifiersTest {
  @Test
  void anIdentifierGetsAnIdAUseAndAPeriod() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(CanvasExamples.number(15).body());

      JsonNode identifier = canvas.read(id).path("identifier").path(0);

      assertThat(identifier.path("id").asText()).isNotEmpty();
      assertThat(identifier.path("use").asText()).isEqualTo("usual");
      assertThat(identifier.path("period"))
          .isEqualTo(Json.parse("{\"start\":\"1970-01-01\",\"end\":\"2100-12-31\"}"));
    }
  }

  @Test
  void aSentIdChangesThatIdentifierAndKeepsItsId() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      ObjectNode update = canvas.updateOf(id);
      String before = update.path("identifier").path(0).path("id").asText();
      ((ObjectNode) update.path("identifier").path(0)).put("value", "bk-changed");

      canvas.put("/Appointment/" + id, update);

      JsonNode after = canvas.read(id).path("identifier");
      assertThat(after).hasSize(1);
      assertThat(after.path(0).path("value").asText()).isEqualTo("bk-changed");
      assertThat(after.path(0).path("id").asText()).isEqualTo(before);
    }
  }

  @Test
  void anUnlistedValidIdentifierIsDeletedAndAnExpiredOneIsKept() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      ObjectNode body = RunningCanvas.visit();
      body.withArray("/identifier")
          .addObject()
          .put("system", "urn:old")
          .put("value", "expired")
          .putObject("period")
          .put("end", "2020-12-31");
      String id = canvas.create(body);
      ObjectNode update = canvas.updateOf(id);
      update.putArray("identifier").addObject().put("system", "urn:new").put("value", "new");

      canvas.put("/Appointment/" + id, update);

      assertThat(
              canvas.read(id).path("identifier").valueStream().map(i -> i.path("value").asText()))
          .containsExactly("new", "expired");
    }
  }

  @Test
  void anUpdateWithoutTheAttributeKeepsOrDeletesAsToggled() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      ObjectNode update = canvas.updateOf(id);
      update.remove("identifier");
      canvas.put("/Appointment/" + id, update);
      assertThat(canvas.read(id).path("identifier")).hasSize(1);

      canvas.canvas.toggles().set(Toggle.PUT_WITHOUT_IDENTIFIERS, "delete");
      canvas.put("/Appointment/" + id, update);

      assertThat(canvas.read(id).has("identifier")).isFalse();
    }
  }
}
