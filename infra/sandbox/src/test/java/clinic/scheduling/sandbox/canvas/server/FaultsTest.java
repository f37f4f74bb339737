package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.sandbox.canvas.Fault;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A fault occurs at the calls for which it was set, as often as set, before or after the effect.
 */
class FaultsTest {
  @Test
  void aRefusalOfTheEdgeIsNoFhir() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.status(429, "GET", "/Slot").retryAfter("2"));
      canvas.canvas.faults().add(Fault.once(Fault.Kind.HTML, "GET", "/Slot"));

      var limited = canvas.get("/Slot");
      var gone = canvas.get("/Slot");

      assertThat(limited.status()).isEqualTo(429);
      assertThat(limited.header("Retry-After")).isEqualTo("2");
      assertThat(gone.status()).isEqualTo(503);
      assertThat(gone.header("Content-Type")).isEqualTo("text/html");
      assertThat(canvas.get("/Slot").status()).as("both are used up").isEqualTo(400);
    }
  }

  @Test
  void aFaultMeetsOnlyWhatItNames() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.status(500, "POST", "/Appointment").times(2));

      assertThat(canvas.get("/Appointment").status()).isEqualTo(200);
      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(500);
      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(500);
      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(201);
    }
  }

  @Test
  void aCutBeforeTheEffectLeavesNothingBehind() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.once(Fault.Kind.CUT, "POST", "/Appointment"));

      assertThatThrownBy(() -> canvas.post("/Appointment", RunningCanvas.visit()))
          .isInstanceOf(IOException.class);

      assertThat(canvas.canvas.appointmentTexts()).isEmpty();
    }
  }

  @Test
  void aCutOrTimeoutAfterTheEffectHasBookedAllTheSame() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.once(Fault.Kind.CUT_AFTER_EFFECT, "POST", "/Appointment"));
      canvas
          .canvas
          .faults()
          .add(Fault.once(Fault.Kind.TIMEOUT_AFTER_EFFECT, "POST", "/Appointment").delayMs(50));

      assertThatThrownBy(() -> canvas.post("/Appointment", RunningCanvas.visit()))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> canvas.post("/Appointment", RunningCanvas.visit()))
          .isInstanceOf(IOException.class);

      assertThat(canvas.canvas.appointmentTexts()).hasSize(2);
    }
  }

  @Test
  void aSlowAnswerIsTheRightAnswer() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.once(Fault.Kind.SLOW, "GET", "/Location").delayMs(200));
      long before = System.nanoTime();

      var answer = canvas.get("/Location");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(200_000_000L);
    }
  }

  @Test
  void aTrickledAnswerIsWholeInTheEnd() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String whole = canvas.get("/Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01").text();
      canvas.canvas.faults().add(Fault.once(Fault.Kind.TRICKLE, "GET", "/Location").delayMs(1));
      long before = System.nanoTime();

      var answer = canvas.get("/Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01");

      assertThat(answer.text()).isEqualTo(whole);
      assertThat(System.nanoTime() - before).isGreaterThan(whole.length() * 1_000_000L);
    }
  }

  @Test
  void aStaleReadShowsTheVersionBefore() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = canvas.create(RunningCanvas.visit());
      canvas.canvas.frontDesk().cancel(id);
      canvas.canvas.faults().add(Fault.once(Fault.Kind.STALE_READ, "GET", "/Appointment"));

      assertThat(canvas.read(id).path("status").asText()).isEqualTo("proposed");
      assertThat(canvas.read(id).path("status").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void theTokenEndpointFailsUnderBothAddresses() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.status(503, "POST", "/auth").times(2));

      assertThat(canvas.form("").status()).isEqualTo(503);
      assertThat(canvas.send("POST", "/canvas-auth/token/", "", Map.of()).status()).isEqualTo(503);
    }
  }

  @Test
  void clearedFaultsDoNotStrike() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.faults().add(Fault.status(500, "", ""));
      canvas.canvas.faults().clear();

      assertThat(canvas.get("/Location").status()).isEqualTo(200);
    }
  }
}
