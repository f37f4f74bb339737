package clinic.scheduling.sandbox.canvas.appointments;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppointmentIndexTest {

  @Test
  void aSearchWalksOnlyTheAppointmentsOfItsPractitioner() {
    AppointmentIndex index = new AppointmentIndex();
    AppointmentHistory moved = entry("a", LargeWorld.key(1));
    index.put(moved);
    index.put(entry("b", LargeWorld.key(2)));

    moved.become(entry("a", LargeWorld.key(2)).now());
    index.put(moved);

    assertThat(index.of(LargeWorld.key(1))).containsExactly(moved);
    assertThat(index.of(LargeWorld.key(2))).hasSize(2).contains(moved);
    assertThat(index.of(LargeWorld.key(3))).isEmpty();
    assertThat(index.all()).hasSize(2);
  }

  private static AppointmentHistory entry(String id, String practitioner) {
    ObjectNode document = Json.object();
    document
        .putArray("participant")
        .addObject()
        .set("actor", Json.reference("Practitioner", practitioner));
    return new AppointmentHistory(
        id,
        Optional.empty(),
        new AppointmentHistory.Version(Instant.EPOCH, document, NoteState.BKD));
  }
}
