package clinic.scheduling.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Appointment;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The appointments that were replaced are read once. The present state of the visit is read each
 * time.
 */
class VisitThreadHistoryTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Appointment> canvas = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void whatItReplacedIsNotReadAgain() {
    moved();
    VisitThread.History past = VisitThread.historyOf("c", this::read).orElseThrow();
    assertThat(past.rootId()).isEqualTo("a");
    asked.clear();

    VisitThread thread = past.thread(this::read).orElseThrow();

    assertThat(asked).containsExactly("c");
    assertThat(thread.rootId()).isEqualTo("a");
    assertThat(thread.currentId()).isEqualTo("c");
    assertThat(thread.practitioners()).containsExactlyInAnyOrder("staff-a", "staff-b", "staff-c");
  }

  @Test
  void whatReplacedItSinceIsFound() {
    moved();
    VisitThread.History past = VisitThread.historyOf("c", this::read).orElseThrow();
    put("c", "cancelled", "b", "d");
    put("d", "booked", "c", "");

    assertThat(past.thread(this::read).orElseThrow().currentId()).isEqualTo("d");
  }

  @Test
  void aMoveThatWasGivenUpSinceLeavesWhatWasRestored() {
    moved();
    VisitThread.History past = VisitThread.historyOf("c", this::read).orElseThrow();
    put("c", "cancelled", "b", "");
    put("a", "booked", "", "b");

    VisitThread thread = past.thread(this::read).orElseThrow();

    assertThat(thread.currentId()).isEqualTo("a");
    assertThat(thread.current().status()).isEqualTo("booked");
  }

  @Test
  void aBeginningThatWasHiddenAtFirstIsFoundLater() {
    moved();
    Appointment hidden = canvas.remove("a");
    VisitThread.History past = VisitThread.historyOf("c", this::read).orElseThrow();
    assertThat(past.rootId()).isEqualTo("b");
    canvas.put("a", hidden);

    assertThat(past.thread(this::read).orElseThrow().rootId()).isEqualTo("a");
  }

  @Test
  void whatCanvasDoesNotShowHasNoPastAndMayHaveNoPresent() {
    assertThat(VisitThread.historyOf("c", this::read)).isEmpty();
    moved();
    VisitThread.History past = VisitThread.historyOf("c", this::read).orElseThrow();
    canvas.clear();

    assertThat(past.thread(this::read)).isEmpty();
  }

  private void moved() {
    put("a", "cancelled", "", "b");
    put("b", "cancelled", "a", "c");
    put("c", "booked", "b", "");
  }

  private Optional<Versioned<Appointment>> read(String id) {
    asked.add(id);
    return Optional.ofNullable(canvas.get(id)).map(one -> new Versioned<>(one, Instant.EPOCH));
  }

  private void put(String id, String status, String replaces, String replacedBy) {
    try {
      canvas.put(id, MAPPER.readValue(text(id, status, replaces, replacedBy), Appointment.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String id, String status, String replaces, String replacedBy) {
    String links =
        Stream.of(
                link("Previously Rescheduled Appointment", replaces),
                link("Rescheduled Replacement Appointment", replacedBy))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(","));
    return """
        {"resourceType": "Appointment", "id": "%s", "status": "%s",
         "supportingInformation": [%s],
         "participant": [
           {"status": "accepted", "actor": {"reference": "Practitioner/staff-%s"}}]}
        """
        .formatted(id, status, links, id);
  }

  private static Optional<String> link(String display, String id) {
    String link = "{\"reference\": \"Appointment/%s\", \"display\": \"%s\"}";
    return id.isEmpty() ? Optional.empty() : Optional.of(link.formatted(id, display));
  }
}
