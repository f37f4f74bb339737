package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Toggle;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The control interface does what staff and tests need. If it refuses a request, it says why. */
class CanvasControlTest {
  @Test
  void staffBookRescheduleAndCancelOverHttp() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String id = id(canvas.control("POST", "/appointments", RunningCanvas.visit().toString()));
      String move = "{\"start\":\"2027-03-18T13:15:00-07:00\"}";

      String next = id(canvas.control("POST", "/appointments/" + id + "/reschedule", move));
      var confirmed = canvas.control("POST", "/appointments/" + next + "/confirm", "");
      var again = canvas.control("POST", "/appointments/" + id + "/cancel", "{}");

      assertThat(confirmed.status()).isEqualTo(204);
      assertThat(again.status()).as("it is cancelled already").isEqualTo(409);
      JsonNode state = canvas.control("GET", "/state", "").json();
      assertThat(state.path("appointments")).hasSize(2);
      assertThat(state.path("appointments").path(1).path("status").asText()).isEqualTo("booked");
      assertThat(state.path("patients").asInt()).isEqualTo(2);
      assertThat(state.path("deliveryCount").asInt()).isZero();
    }
  }

  @Test
  void staffWriteTheContactPointsOfARecordAnew() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String contacts = "/patients/" + RunningCanvas.JORDAN + "/telecom";
      String agreed =
          "[{\"system\":\"email\",\"value\":\"jo@example.invalid\",\"use\":\"old\",\"extension\":[{"
              + "\"url\":\"http://schemas.canvasmedical.com/fhir/extensions/has-consent\","
              + "\"valueBoolean\":true}]}]";

      assertThat(canvas.control("PUT", contacts, agreed).status()).isEqualTo(204);
      JsonNode jordan = canvas.get("/Patient/" + RunningCanvas.JORDAN).json();
      assertThat(jordan.path("telecom")).hasSize(1);
      assertThat(jordan.at("/telecom/0/use").asText()).isEqualTo("old");
      assertThat(jordan.at("/telecom/0/extension/0/valueBoolean").asBoolean()).isTrue();

      String asked = "[{\"system\":\"phone\",\"value\":\"2065550100\"}]";
      assertThat(canvas.control("PUT", contacts, asked).status()).isEqualTo(204);
      jordan = canvas.get("/Patient/" + RunningCanvas.JORDAN).json();
      assertThat(jordan.at("/telecom/0/extension/0/valueBoolean").asBoolean(true)).isFalse();

      assertThat(canvas.control("PUT", contacts, "[{\"value\":\"\"}]").status()).isEqualTo(400);
      assertThat(canvas.control("PUT", "/patients/nobody/telecom", "[]").status()).isEqualTo(400);
      assertThat(canvas.control("POST", contacts, "[]").status()).isEqualTo(404);
    }
  }

  @Test
  void everyToggleIsListedWithItsValueAndMeaning() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      canvas.control("PUT", "/toggles", "{\"doubleBooking\":false,\"writeBody\":\"null\"}");

      JsonNode toggles = canvas.control("GET", "/toggles", "").json();

      assertThat(toggles).hasSize(Toggle.values().length);
      assertThat(toggles.path("doubleBooking").path("value").asBoolean(true)).isFalse();
      assertThat(toggles.path("writeBody").path("value").asText()).isEqualTo("null");
      assertThat(toggles.path("slotLagSeconds").path("description").asText()).isNotEmpty();

      canvas.control("DELETE", "/toggles", "");
      assertThat(canvas.canvas.toggles().on(Toggle.DOUBLE_BOOKING)).isTrue();
    }
  }

  @Test
  void faultsAreSetListedAndCleared() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String fault =
          "{\"match\":{\"method\":\"GET\",\"pathPrefix\":\"/canvas/Slot\"},\"kind\":\"status\","
              + "\"status\":429,\"retryAfter\":\"1\",\"times\":3}";

      assertThat(canvas.control("POST", "/faults", fault).status()).isEqualTo(200);
      assertThat(canvas.get("/Slot").status()).isEqualTo(429);
      assertThat(canvas.control("GET", "/faults", "").json().path(0).path("times").asInt())
          .isEqualTo(2);
      assertThat(canvas.control("DELETE", "/faults", "").status()).isEqualTo(204);
      assertThat(canvas.get("/Slot").status()).isEqualTo(400);
    }
  }

  @Test
  void notificationsAreConfiguredPartByPartAndTheSecretIsNotShown() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = RunningCanvas.start()) {
      canvas.control("POST", "/notifications", "{\"subscribers\":[\"" + receiver.url() + "\"]}");
      String settings =
          canvas
              .control(
                  "POST",
                  "/notifications",
                  "{\"secret\":\"whsec_" + Notices.KEY + "\",\"style\":\"seed\"}")
              .text();
      canvas.create(RunningCanvas.visit());

      assertThat(settings).doesNotContain(Notices.KEY).contains(receiver.url());
      assertThat(receiver.body(0).path("created").asBoolean()).isTrue();
    }
  }

  @Test
  void hoursCanBeClosed() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      String admin =
          "{\"kind\":\"ADMIN\",\"date\":\"2027-03-16\",\"from\":\"00:00\",\"to\":\"12:00\"}";

      assertThat(canvas.control("POST", "/calendar", admin).status()).isEqualTo(204);

      String slots =
          canvas
              .get(
                  "/Slot?schedule="
                      + RunningCanvas.INGRID_HARBOR
                      + "&start=2027-03-16&end=2027-03-16")
              .text();
      assertThat(slots).contains("T13:15").doesNotContain("T09:00");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "PUT; /toggles; {\"doubleBookings\":false}; there is no toggle doubleBookings",
        "PUT; /toggles; {\"doubleBooking\":\"no\"}; doubleBooking must be a Boolean",
        "PUT; /toggles; {\"writeBody\":\"full\"}; writeBody must be one of",
        "PUT; /toggles; {\"slotLagSeconds\":-1}; must not be negative",
        "POST; /faults; {\"kind\":\"cut\",\"time\":3}; unknown field time",
        "POST; /faults; {\"times\":1}; kind is missing",
        "POST; /faults; {\"kind\":\"melt\"}; melt",
        "POST; /faults; {\"kind\":\"cut\",\"times\":0}; times must be at least 1",
        "POST; /notifications; {\"subscriber\":\"x\"}; unknown field subscriber",
        "POST; /notifications; {\"secret\":\"plain\"}; whsec_",
        "POST; /notifications; {\"attempts\":0}; attempts must be",
        "POST; /notifications; not json; Unrecognized token",
        "POST; /calendar; {\"kind\":\"ADMIN\",\"from\":\"9\"}; hh:mm",
        "POST; /appointments; {}; Field required",
        "POST; /appointments/none/cancel; {}; there is no appointment none",
        "POST; /appointments/none/cancel; {\"why\":1}; unknown field why",
        "POST; /appointments/none/reschedule; {}; start is missing",
      })
  void whatIsWrongIsSaid(String method, String path, String body, String text) throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      var answer = canvas.control(method, path, body);

      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.json().path("error").asText()).contains(text);
    }
  }

  @Test
  void anUnknownPathIsNotFound() throws Exception {
    try (RunningCanvas canvas = RunningCanvas.start()) {
      assertThat(canvas.control("GET", "/nothing", "").status()).isEqualTo(404);
      assertThat(canvas.control("POST", "/appointments/x/sing", "").status()).isEqualTo(404);
    }
  }

  private static String id(RunningCanvas.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("id").asText();
  }
}
