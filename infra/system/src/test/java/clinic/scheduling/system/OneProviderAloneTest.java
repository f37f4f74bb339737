package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.inTheEnd;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A clinic that uses Outlook alone, Google alone, or no calendar, gives no keys of the others. All
 * other tests run with both.
 */
class OneProviderAloneTest {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "outlook", List.of("GRAPH_CLIENT_ID", "GRAPH_CLIENT_SECRET", "GRAPH_TOKEN_URL"),
          "google", List.of("GOOGLE_SERVICE_ACCOUNT"));

  @ParameterizedTest
  @ValueSource(strings = {"outlook", "google", "none"})
  void aBookingReachesTheCalendarsOfTheProvidersThatAreOn(String on) throws Exception {
    Path target = Path.of("target/only-" + on);
    Map<String, String> keys = new HashMap<>();
    KEYS.forEach(
        (provider, names) -> {
          if (!provider.equals(on)) {
            names.forEach(name -> keys.put(name, ""));
          }
        });
    keys.put("PRACTICE", practice(on, target).toString());
    try (RunningSystem system = RunningSystem.start(target, List.of("--processes=1"), keys)) {
      Booking booking = system.client().book();

      inTheEnd(
          () ->
              assertThat(system.clinic().messages(booking.person().email()))
                  .as("the patient is told")
                  .hasSize(1));
      inTheEnd(
          () -> {
            assertThat(system.clinic().outlook(booking.start())).isEqualTo(one(on, "outlook"));
            assertThat(system.clinic().google(booking.start())).isEqualTo(one(on, "google"));
          });
      for (String task : List.of("reconcile", "renewals", "polls", "reminders")) {
        assertThat(system.clinic().run(task, "").isObject()).as(task).isTrue();
      }
      assertThat(system.logs().texts().values())
          .isNotEmpty()
          .noneMatch(log -> log.contains("\"level\":\"ERROR\""));
    }
  }

  private static long one(String on, String provider) {
    return on.equals(provider) ? 1 : 0;
  }

  /** The example with the calendars of one provider, whose meetings block time. */
  private static Path practice(String on, Path folder) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json =
        (ObjectNode) mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
    json.withObject("/meetings/eventType")
        .put("system", "http://snomed.info/sct")
        .put("code", "272379006")
        .put("display", "Generic event");
    for (JsonNode who : json.path("practitioners")) {
      for (Iterator<JsonNode> each = who.path("calendars").elements(); each.hasNext(); ) {
        ObjectNode calendar = (ObjectNode) each.next();
        calendar.put("direction", "both");
        if (!calendar.path("provider").asText().equals(on)) {
          each.remove();
        }
      }
    }
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve("practice.json").toAbsolutePath(), json.toString());
  }
}
