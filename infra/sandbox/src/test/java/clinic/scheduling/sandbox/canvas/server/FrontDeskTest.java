package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.canvas.appointments.NoteApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What staff do in Canvas shows in FHIR as it would there. */
class FrontDeskTest {
  private static final Instant THURSDAY = Instant.parse("2027-03-18T20:15:00Z");

  @Test
  void aRescheduleMakesANewAppointmentAndLinksBoth() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String old = canvas.create(RunningCanvas.visit());

      String id =
          canvas.canvas.frontDesk().reschedule(old, THURSDAY, Optional.empty(), Optional.empty());

      JsonNode before = canvas.read(old);
      JsonNode after = canvas.read(id);
      assertThat(before.path("status").asText()).isEqualTo("cancelled");
      assertThat(link(before, "Rescheduled Replacement Appointment"))
          .isEqualTo("Appointment/" + id);
      assertThat(link(after, "Previously Rescheduled Appointment")).isEqualTo("Appointment/" + old);
      assertThat(after.path("end").asText()).isEqualTo("2027-03-18T20:45:00+00:00");
      assertThat(after.has("identifier")).isFalse();
      assertThat(after.path("extension")).isNotEqualTo(before.path("extension"));
    }
  }

  @Test
  void identifiersAndStatusAreCopiedIfToggledAndThePractitionerMayChange() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.toggles().set(Toggle.RESCHEDULE_KEEPS_IDENTIFIERS, true);
      canvas.canvas.toggles().set(Toggle.RESCHEDULE_KEEPS_STATUS, true);
      String old = canvas.create(RunningCanvas.visit().put("status", "booked"));

      String id =
          canvas
              .canvas
              .frontDesk()
              .reschedule(
                  old, THURSDAY, Optional.of(THURSDAY.plusSeconds(600)), Optional.of(World.OMAR));

      JsonNode after = canvas.read(id);
      assertThat(after.path("status").asText()).isEqualTo("booked");
      assertThat(after.path("identifier")).isEqualTo(canvas.read(old).path("identifier"));
      assertThat(after.toString()).contains("Practitioner/" + World.OMAR);
      assertThat(after.path("end").asText()).isEqualTo("2027-03-18T20:25:00+00:00");
    }
  }

  @Test
  void anUpdateKeepsTheLinksToOtherAppointments() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String old = canvas.create(RunningCanvas.visit());
      String id =
          canvas.canvas.frontDesk().reschedule(old, THURSDAY, Optional.empty(), Optional.empty());

      canvas.put("/Appointment/" + id, canvas.updateOf(id).put("status", "booked"));

      assertThat(link(canvas.read(id), "Previously Rescheduled Appointment")).isNotEmpty();
    }
  }

  @Test
  void everyActionHasItsStatus() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      FrontDesk desk = canvas.canvas.frontDesk();
      String id = canvas.create(RunningCanvas.visit());
      List<String> seen = new ArrayList<>();

      for (Runnable action :
          List.<Runnable>of(
              () -> desk.confirm(id),
              () -> desk.checkIn(id),
              () -> desk.restore(id),
              () -> desk.noShow(id),
              () -> desk.restore(id),
              () -> desk.cancel(id),
              () -> desk.restore(id),
              () -> desk.delete(id))) {
        action.run();
        seen.add(canvas.read(id).path("status").asText());
      }

      assertThat(seen)
          .containsExactly(
              "booked",
              "arrived",
              "proposed",
              "noshow",
              "proposed",
              "cancelled",
              "proposed",
              "entered-in-error");
    }
  }

  @Test
  void anActionThatTheStateForbidsIsRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      FrontDesk desk = canvas.canvas.frontDesk();
      String id = canvas.create(RunningCanvas.visit());
      assertThatThrownBy(() -> desk.restore(id)).isInstanceOf(IllegalStateException.class);

      desk.cancel(id);

      assertThatThrownBy(() -> desk.cancel(id)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> desk.checkIn(id)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> desk.cancel("nobody")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void twoPractitionersAreTwoAppointmentsLinkedAsCoScheduled() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String first = canvas.create(RunningCanvas.visit());

      String second = canvas.canvas.frontDesk().coSchedule(first, World.OMAR);

      assertThat(link(canvas.read(first), "Co-scheduled Appointment")).endsWith(second);
      assertThat(link(canvas.read(second), "Co-scheduled Appointment")).endsWith(first);
    }
  }

  @Test
  void theNoteApiAllowsOnlyItsOwnTransitions() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      String note =
          NoteApi.PREFIX + canvas.read(id).path("extension").path(0).path("valueId").asText();

      assertThat(patch(canvas, note, "CLD")).isEqualTo(400);
      assertThat(patch(canvas, note, "ULK")).isEqualTo(400);
      assertThat(patch(canvas, note, "NSW")).isEqualTo(200);
      assertThat(canvas.read(id).path("status").asText()).isEqualTo("noshow");
      assertThat(patch(canvas, note, "NSW")).isEqualTo(400);
      assertThat(patch(canvas, note, "CVD")).isEqualTo(200);
      assertThat(patch(canvas, note, "LKD")).isEqualTo(200);
      assertThat(patch(canvas, note, "ULK")).isEqualTo(200);
      assertThat(canvas.get(note).json().path("currentState").asText()).isEqualTo("ULK");
      assertThat(patch(canvas, NoteApi.PREFIX + "none", "NSW")).isEqualTo(404);
    }
  }

  private static int patch(RunningCanvas canvas, String path, String state) throws Exception {
    String body = Json.object().put("stateChange", state).toString();
    return canvas.fhir("PATCH", path, body, Map.of()).status();
  }

  private static String link(JsonNode appointment, String display) {
    return appointment
        .path("supportingInformation")
        .valueStream()
        .filter(info -> info.path("display").asText().equals(display))
        .map(info -> info.path("reference").asText())
        .findFirst()
        .orElse("");
  }
}
