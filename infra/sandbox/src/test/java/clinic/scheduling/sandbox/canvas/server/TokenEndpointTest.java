package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tokens are issued only for requests in the form encoding, are valid for ten hours, and allow what
 * their scopes say.
 */
class TokenEndpointTest {
  private static final Map<String, String> FORM =
      Map.of("Content-Type", "application/x-www-form-urlencoded");

  @Test
  void aJsonBodyIsRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var answer =
          canvas.send(
              "POST",
              "/canvas/auth/token/",
              "{\"grant_type\":\"client_credentials\"}",
              Map.of("Content-Type", "application/json"));

      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void theOtherAddressOfTheTokenEndpointWorksToo() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String form = CanvasExamples.number(1).bodyText();

      assertThat(canvas.send("POST", "/canvas-auth/token/", form, FORM).status()).isEqualTo(200);
      assertThat(canvas.send("POST", "/canvas-auth/token", form, FORM).status()).isEqualTo(404);
    }
  }

  @Test
  void aTokenEndsAfterTenHoursAndNotBefore() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.clock.advance(Duration.ofSeconds(35_999));
      assertThat(canvas.get("/Schedule").status()).isEqualTo(200);

      canvas.clock.advance(Duration.ofSeconds(1));

      assertThat(canvas.get("/Schedule").status()).isEqualTo(401);
    }
  }

  @Test
  void anEarlierTokenStaysValidWhenAnotherIsIssued() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.form(CanvasExamples.number(1).bodyText());

      assertThat(canvas.get("/Schedule").status()).isEqualTo(200);
    }
  }

  @Test
  void revokedTokensAreRefused() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.canvas.revokeTokens();

      assertThat(canvas.get("/Schedule").status()).isEqualTo(401);
    }
  }

  @Test
  void aPatientsTokenNeedsScopesThatCanvasKnows() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String form = CanvasExamples.number(1).bodyText() + "&patient=" + RunningCanvas.AVERY;

      assertThat(canvas.form(form).status()).isEqualTo(400);
      assertThat(canvas.form(form + "&scope=patient/Everything").status()).isEqualTo(400);
      assertThat(canvas.form(form + "&scope=user/Patient.read").status()).isEqualTo(400);
    }
  }

  @Test
  void aPatientsTokenOpensThatPatientsRecordsOnly() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String averys = canvas.create(RunningCanvas.visit());
      var jordans = RunningCanvas.visit();
      jordans
          .withArray("/participant")
          .forEach(
              participant -> {
                var actor = (ObjectNode) participant.path("actor");
                if (actor.path("reference").asText().startsWith("Patient/")) {
                  actor.put("reference", "Patient/" + RunningCanvas.JORDAN);
                }
              });
      String other = canvas.create(jordans);
      canvas.useToken(
          canvas.form(CanvasExamples.number(2).bodyText()).json().path("access_token").asText());

      assertThat(canvas.get("/Appointment/" + averys).status()).isEqualTo(200);
      assertThat(canvas.get("/Appointment/" + other).status()).isEqualTo(403);
      assertThat(canvas.get("/Appointment").json().path("total").asInt()).isEqualTo(1);
      assertThat(canvas.post("/Appointment", jordans).status()).isEqualTo(403);
      assertThat(canvas.get("/Patient/" + RunningCanvas.JORDAN).status()).isEqualTo(403);
      assertThat(canvas.get("/Practitioner").status()).as("no such scope").isEqualTo(403);
    }
  }

  @Test
  void aScopeOfReadingDoesNotAllowWriting() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String form = CanvasExamples.number(1).bodyText() + "&scope=system/Appointment.rs";
      canvas.useToken(canvas.form(form).json().path("access_token").asText());

      assertThat(canvas.get("/Appointment").status()).isEqualTo(200);
      assertThat(canvas.post("/Appointment", RunningCanvas.visit()).status()).isEqualTo(403);
    }
  }
}
