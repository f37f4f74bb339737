package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.core.LogLines;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The reason for a cancellation reaches the clinician once, and nobody else. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class CancellationNoteTest extends BookingCase {

  @Test
  void theReasonStandsInTheChartOnceAndNotInALog() throws Exception {
    try (LogLines log = new LogLines()) {
      Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
      String key = Desk.key();
      String reason = "Canary is well again " + key;

      calls.cancel(visit.id(), visit.token(), key, "{\"reason\":\"" + reason + "\"}");
      calls.cancel(visit.id(), visit.token(), key, "{\"reason\":\"" + reason + "\"}");
      calls.cancel(visit.id(), visit.token(), Desk.key(), "{\"reason\":\"" + reason + "\"}");

      assertThat(messages().split(reason, -1)).hasSize(2);
      assertThat(log.text()).contains("cancellation-note").doesNotContain("Canary");
      assertThat(rows.text()).doesNotContain("Canary");
    }
  }

  @Test
  void aChartThatDoesNotAnswerDoesNotKeepTheVisitAlive() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    sandbox.canvas().faults().add(Fault.status(500, "POST", "/Communication"));

    Answer cancelled = calls.cancel(visit.id(), visit.token(), Desk.key(), "{\"reason\":\"Away\"}");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.body().path("status").asText()).isEqualTo("cancelled");
  }

  private String messages() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    String form = "grant_type=client_credentials&client_id=test-client&client_secret=test-secret";
    HttpRequest ask =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/canvas/auth/token/"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    String token =
        http.send(ask, BodyHandlers.ofString())
            .body()
            .replaceAll("(?s).*\"access_token\" ?: ?\"([^\"]+)\".*", "$1");
    HttpRequest read =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/canvas/Communication?_count=100"))
            .header("authorization", "Bearer " + token)
            .build();
    return http.send(read, BodyHandlers.ofString()).body();
  }
}
