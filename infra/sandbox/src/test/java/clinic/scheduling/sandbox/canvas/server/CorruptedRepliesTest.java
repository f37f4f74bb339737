package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.World;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault damages a correct answer in one way, and leaves the rest of the answer as it is. */
class CorruptedRepliesTest {
  private static final String SLOTS =
      "/Slot?schedule="
          + RunningCanvas.INGRID_HARBOR
          + "&start=2027-03-16&end=2027-03-16&duration=30";
  private static final String VISITS =
      "/Appointment?practitioner=Practitioner/" + World.INGRID + "&date=2027-03-16";

  @ParameterizedTest
  @CsvSource({
    SLOTS + ", /start, soon",
    VISITS + ", /start, soon",
    "/Schedule, /id, no id",
    "/Practitioner, /qualification/0/period/start, soon",
    "/Location, /id, no id",
  })
  void oneEntryIsDamagedAndTheOthersAreNot(String search, String field, String damage)
      throws Exception {
    try (RunningCanvas canvas = withVisits()) {
      List<JsonNode> right = entries(canvas, search);

      List<JsonNode> spoilt = entries(canvas, search, Fault.Kind.MALFORMED_ENTRY);

      assertThat(right.get(0).at(field).asText()).isNotEqualTo(damage);
      assertThat(spoilt.get(0).at(field).asText()).isEqualTo(damage);
      assertThat(spoilt.subList(1, spoilt.size())).isEqualTo(right.subList(1, right.size()));
      assertThat(entries(canvas, search)).as("nothing is kept of it").isEqualTo(right);
    }
  }

  @Test
  void whereNothingIsFoundADamagedEntryIs() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String sunday = SLOTS.replace("2027-03-16", "2027-03-21");

      assertThat(entries(canvas, sunday)).isEmpty();
      JsonNode slot = entries(canvas, sunday, Fault.Kind.MALFORMED_ENTRY).get(0);
      JsonNode visit = entries(canvas, VISITS, Fault.Kind.MALFORMED_ENTRY).get(0);
      JsonNode person = entries(canvas, "/Practitioner?_id=x", Fault.Kind.MALFORMED_ENTRY).get(0);

      assertThat(slot.path("start").asText()).isEqualTo("soon");
      assertThat(slot.toString()).contains(RunningCanvas.INGRID_HARBOR);
      assertThat(visit.path("start").asText()).isEqualTo("soon");
      assertThat(visit.toString()).contains("Practitioner/" + World.INGRID);
      assertThat(person.at("/qualification/0/period/start").asText()).isEqualTo("soon");
    }
  }

  @Test
  void aReadIsDamagedLikewise() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.once(Fault.Kind.MALFORMED_ENTRY, "GET", "/Practitioner"));

      JsonNode spoilt = canvas.get("/Practitioner/" + World.INGRID).json();

      assertThat(spoilt.at("/qualification/0/period/start").asText()).isEqualTo("soon");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SLOTS, VISITS, "/Schedule", "/Practitioner", "/Location"})
  void aForeignEntryComesOnTop(String search) throws Exception {
    try (RunningCanvas canvas = withVisits()) {
      List<JsonNode> right = entries(canvas, search);

      List<JsonNode> spoilt = entries(canvas, search, Fault.Kind.FOREIGN_ENTRY);

      assertThat(spoilt).startsWith(right.toArray(JsonNode[]::new)).hasSize(right.size() + 1);
      assertThat(spoilt.get(right.size()).toString()).contains("ffffffff");
    }
  }

  @Test
  void aForeignVisitIsAtATimeThatWasAskedForAndOfNobody() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      JsonNode stray = entries(canvas, VISITS, Fault.Kind.FOREIGN_ENTRY).get(0);

      assertThat(stray.path("start").asText()).isEqualTo("2027-03-16T20:00:00+00:00");
      assertThat(stray.toString()).doesNotContain(World.INGRID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SLOTS, VISITS})
  void anEntryOutsideIsOfTheRightOneAndYearsAway(String search) throws Exception {
    try (RunningCanvas canvas = withVisits()) {
      List<JsonNode> right = entries(canvas, search);

      List<JsonNode> spoilt = entries(canvas, search, Fault.Kind.OUTSIDE_ENTRY);

      JsonNode stray = spoilt.get(right.size());
      assertThat(stray.path("start").asText()).startsWith("2029-03-15");
      assertThat(stray.toString()).contains(World.INGRID);
      assertThat(entries(canvas, "/Location", Fault.Kind.OUTSIDE_ENTRY)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SLOTS, VISITS + "&_count=1", "/Schedule", "/Practitioner?_count=1"})
  void theNextPageIsThisPage(String search) throws Exception {
    try (RunningCanvas canvas = withVisits()) {
      List<JsonNode> right = entries(canvas, search);
      canvas
          .canvas
          .faults()
          .add(Fault.once(Fault.Kind.ENDLESS_PAGES, "GET", search.split("\\?")[0]).untilCleared());

      String next = search;
      for (int page = 0; page < 5; page++) {
        JsonNode bundle = canvas.get(next).json();
        assertThat(resources(bundle)).isEqualTo(right);
        assertThat(links(bundle, "next")).hasSize(1);
        next = links(bundle, "next").get(0);
      }

      assertThat(next).isEqualTo(search);
    }
  }

  @Test
  void theBodyCanBeMissingOrCutInTheMiddle() throws Exception {
    try (RunningCanvas canvas = withVisits()) {
      String right = canvas.get(SLOTS).text();
      canvas.canvas.faults().add(Fault.once(Fault.Kind.EMPTY_BODY, "GET", "/Slot"));
      canvas.canvas.faults().add(Fault.once(Fault.Kind.TRUNCATED, "GET", "/Slot"));

      var empty = canvas.get(SLOTS);
      var truncated = canvas.get(SLOTS);

      assertThat(empty.status()).isEqualTo(200);
      assertThat(empty.text()).isEmpty();
      assertThat(truncated.status()).isEqualTo(200);
      assertThat(truncated.text()).isEqualTo(right.substring(0, right.length() / 2));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "malformed-entry",
        "foreign-entry",
        "outside-entry",
        "endless-pages",
        "empty-body",
        "truncated"
      })
  void aRefusalIsNotSpoilt(String kind) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String fault = "{\"kind\":\"" + kind + "\",\"match\":{\"pathPrefix\":\"/Slot\"}}";
      String right = canvas.get("/Slot").text();

      assertThat(canvas.control("POST", "/faults", fault).status()).isEqualTo(200);

      assertThat(canvas.get("/Slot").text()).isEqualTo(right);
    }
  }

  private static RunningCanvas withVisits() throws Exception {
    RunningCanvas canvas = RunningCanvas.start();
    canvas.create(RunningCanvas.visit("2027-03-16T13:00:00Z", "2027-03-16T13:30:00Z"));
    canvas.create(RunningCanvas.visit("2027-03-16T14:00:00Z", "2027-03-16T14:30:00Z"));
    return canvas;
  }

  private static List<JsonNode> entries(RunningCanvas canvas, String search, Fault.Kind kind)
      throws Exception {
    canvas.canvas.faults().add(Fault.once(kind, "GET", search.split("\\?")[0]));
    return entries(canvas, search);
  }

  private static List<JsonNode> entries(RunningCanvas canvas, String search) throws Exception {
    var answer = canvas.get(search);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return resources(answer.json());
  }

  private static List<JsonNode> resources(JsonNode bundle) {
    return bundle.path("entry").valueStream().map(entry -> entry.path("resource")).toList();
  }

  private static List<String> links(JsonNode bundle, String relation) {
    return bundle
        .path("link")
        .valueStream()
        .filter(link -> link.path("relation").asText().equals(relation))
        .map(link -> link.path("url").asText())
        .toList();
  }
}
