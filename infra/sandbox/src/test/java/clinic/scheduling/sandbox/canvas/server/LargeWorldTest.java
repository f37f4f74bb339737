package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.canvas.Clinician;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A large practice is the same at every start, answers quickly, and comes with a matching practice
 * document.
 */
class LargeWorldTest {
  private static final String SEVENTEEN = LargeWorld.key(17);
  private static final String SLOTS =
      "/Slot?schedule=Location.1-Staff.%s&start=2027-03-16&end=2027-03-16&duration=30";

  @Test
  void everyClinicianHasOneScheduleAndALicence() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(LargeWorld.world(256))) {
      List<JsonNode> schedules = resources(canvas, "/Schedule");
      List<JsonNode> people = resources(canvas, "/Practitioner?_count=100&_offset=200");
      JsonNode one = canvas.get("/Practitioner/" + SEVENTEEN).json();

      Set<String> ids = new LinkedHashSet<>();
      schedules.forEach(schedule -> ids.add(schedule.path("id").asText()));
      assertThat(ids).hasSize(256).allMatch(id -> id.matches("Location\\.1-Staff\\.[0-9a-f]{32}"));
      assertThat(people).hasSize(56);
      assertThat(one.at("/name/0/text").asText()).isEqualTo("Clinician 017 MD");
      assertThat(one.at("/qualification/0/period/end").asText()).isEqualTo("2035-12-31");
      assertThat(one.toString()).contains("\"valueString\":\"CA\"").doesNotContain("amplesson");
      assertThat(resources(canvas, SLOTS.formatted(SEVENTEEN))).hasSize(16);
      assertThat(LargeWorld.world(256)).isEqualTo(LargeWorld.world(256));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void theDocumentIsOneAndNamesTheSamePeople(int schedules) throws Exception {
    ObjectNode document = Json.parse(LargeWorld.practice(schedules));

    try (InputStream schema =
        getClass().getResourceAsStream("/clinic/scheduling/sandbox/openapi/practice.schema.json")) {
      assertThat(
              JsonSchemaFactory.getInstance(VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(document))
          .isEmpty();
    }
    assertThat(document.path("visitTypes")).hasSize(1);
    assertThat(document.at("/locations/0/canvasId").asText()).isEqualTo(RunningCanvas.HARBOR);
    assertThat(document.path("practitioners").valueStream().map(one -> one.path("canvasId")))
        .map(JsonNode::asText)
        .isEqualTo(LargeWorld.world(schedules).clinicians().stream().map(Clinician::key).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1001})
  void anImpossibleSizeIsRefused(int schedules) {
    assertThatThrownBy(() -> LargeWorld.world(schedules)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> LargeWorld.practice(schedules)).hasMessageContaining("1 to 1000");
  }

  @Test
  void aRunningSandboxTakesItAndForgetsItsOwn() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.create(RunningCanvas.visit());

      var taken = canvas.control("PUT", "/world", "{\"schedules\":3}");

      assertThat(taken.json()).isEqualTo(Json.parse(LargeWorld.practice(3)));
      assertThat(resources(canvas, "/Schedule")).hasSize(3);
      assertThat(resources(canvas, SLOTS.formatted(LargeWorld.key(3)))).hasSize(16);
      assertThat(canvas.canvas.appointmentTexts()).isEmpty();
      assertThat(canvas.canvas.patientCount()).isZero();
      assertThat(canvas.get("/Practitioner/" + World.INGRID).status()).isEqualTo(404);
      assertThat(canvas.control("PUT", "/world", "{}").status()).isEqualTo(400);
    }
  }

  @Test
  void aVisitThatChangesHandsIsFoundWithItsNewPractitioner() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      String search = "/Appointment?practitioner=Practitioner/";

      ObjectNode update = canvas.updateOf(id);
      ((ObjectNode) update.at("/participant/0/actor"))
          .put("reference", "Practitioner/" + World.OMAR);
      assertThat(canvas.put("/Appointment/" + id, update).status()).isEqualTo(200);

      assertThat(resources(canvas, search + World.OMAR)).hasSize(1);
      assertThat(resources(canvas, search + World.INGRID)).isEmpty();
    }
  }

  private static List<JsonNode> resources(RunningCanvas canvas, String search) throws Exception {
    var answer = canvas.get(search);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("entry").valueStream().map(one -> one.path("resource")).toList();
  }
}
