package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Clinician;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules, locations and practitioners are listed as Canvas lists them. */
class DirectoryTest {
  @Test
  void schedulesIgnoreParametersAndMayOverstateTheirTotal() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.SCHEDULE_TOTAL_EXTRA, 1);

      JsonNode bundle = canvas.get("/Schedule?actor=Practitioner/nobody&_count=1").json();

      assertThat(bundle.path("entry")).hasSize(3);
      assertThat(bundle.path("total").asInt()).isEqualTo(4);
      assertThat(bundle.has("link")).isFalse();
    }
  }

  @Test
  void practitionersComeInPagesOfTenAtFirst() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(crowded(12))) {
      JsonNode first = canvas.get("/Practitioner").json();
      JsonNode second = canvas.get(link(first, "next")).json();

      assertThat(first.path("entry")).hasSize(10);
      assertThat(first.path("total").asInt()).isEqualTo(12);
      assertThat(link(first, "next")).isEqualTo("/Practitioner?_count=10&_offset=10");
      assertThat(link(first, "last")).isEqualTo("/Practitioner?_count=10&_offset=10");
      assertThat(second.path("entry")).hasSize(2);
      assertThat(link(second, "next")).isEmpty();
    }
  }

  @Test
  void aFullLastPageHasNoNext() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(crowded(10))) {
      JsonNode page = canvas.get("/Practitioner").json();

      assertThat(page.path("entry")).hasSize(10);
      assertThat(link(page, "next")).isEmpty();
      assertThat(link(page, "last")).isEqualTo("/Practitioner?_count=10&_offset=0");
    }
  }

  @Test
  void aPageHoldsAHundredAtMost() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(crowded(102))) {
      JsonNode page = canvas.get("/Practitioner?_count=1000").json();

      assertThat(page.path("entry")).hasSize(100);
      assertThat(link(page, "next")).isEqualTo("/Practitioner?_count=100&_offset=100");
      assertThat(canvas.get("/Practitioner?_count=many").status()).isEqualTo(400);
      assertThat(canvas.get("/Practitioner?_offset=-1").status()).isEqualTo(400);
    }
  }

  @Test
  void inactiveAndNonSchedulablePractitionersAreHiddenUnlessAskedFor() throws Exception {
    World world =
        World.examples()
            .plus(new Clinician(true, person(1).put("active", false)))
            .plus(new Clinician(false, person(2)));
    try (RunningCanvas canvas = RunningCanvas.start(world)) {
      assertThat(total(canvas, "/Practitioner")).isEqualTo(2);
      assertThat(total(canvas, "/Practitioner?active=false")).isEqualTo(1);
      assertThat(total(canvas, "/Practitioner?include-non-schedulable-practitioners=true"))
          .isEqualTo(3);
    }
  }

  @Test
  void practitionersAreFoundByNameEmailAndNpiAndNothingElse() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(total(canvas, "/Practitioner?name=testw")).isEqualTo(1);
      assertThat(total(canvas, "/Practitioner?email=omar.samplesson@example.invalid")).isEqualTo(1);
      assertThat(total(canvas, "/Practitioner?npi-number=1000000011")).isEqualTo(1);
      assertThat(total(canvas, "/Practitioner?_id=" + World.OMAR)).isEqualTo(1);
      assertThat(total(canvas, "/Practitioner?specialty=dermatology")).isEqualTo(2);
    }
  }

  @Test
  void oneLocationOrPractitionerCanBeRead() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(canvas.get("/Location/" + RunningCanvas.HARBOR).json().path("name").asText())
          .isEqualTo("Harbor Clinic");
      assertThat(canvas.get("/Location/1").status()).isEqualTo(404);
      assertThat(total(canvas, "/Location?_id=" + RunningCanvas.HARBOR)).isEqualTo(1);
      assertThat(canvas.get("/Practitioner/" + World.INGRID).status()).isEqualTo(200);
    }
  }

  @Test
  void theLocalPracticeHasTwoLicensedPractitionersAndOneWhoseLicenceHasLapsed() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start(World.local(), "2030-01-01T00:00:00Z")) {
      List<String> licensed = new ArrayList<>();
      List<String> all = new ArrayList<>();
      for (JsonNode entry : canvas.get("/Practitioner").json().path("entry")) {
        JsonNode person = entry.path("resource");
        all.add(person.path("name").path(0).path("text").asText());
        String end = person.path("qualification").path(0).path("period").path("end").asText();
        if (end.compareTo("2030-01-01") > 0) {
          licensed.add(person.path("name").path(0).path("text").asText());
        }
      }

      assertThat(all).hasSize(3).contains("Petra Mockford DO");
      assertThat(licensed).containsExactly("Ingrid Testwell MD", "Omar Samplesson NP");
      assertThat(total(canvas, "/Schedule")).isEqualTo(4);
    }
  }

  private static int total(RunningCanvas canvas, String path) throws Exception {
    return canvas.get(path).json().path("total").asInt();
  }

  static String link(JsonNode bundle, String relation) {
    return bundle
        .path("link")
        .valueStream()
        .filter(link -> link.path("relation").asText().equals(relation))
        .map(link -> link.path("url").asText())
        .findFirst()
        .orElse("");
  }

  private static World crowded(int people) {
    World world = World.examples();
    for (int i = 2; i < people; i++) {
      world = world.plus(new Clinician(true, person(i)));
    }
    return world;
  }

  private static ObjectNode person(int number) {
    JsonNode omar = CanvasExamples.number(8).responseBody().path("entry").path(1).path("resource");
    return ((ObjectNode) omar.deepCopy()).put("id", "%032x".formatted(number));
  }
}
