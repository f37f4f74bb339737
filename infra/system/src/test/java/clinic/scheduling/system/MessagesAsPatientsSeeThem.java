package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/**
 * The local page shows the messages that patients get, and the clinic's review list, which has ids
 * only.
 */
abstract class MessagesAsPatientsSeeThem {
  private final RunningSystem system;

  MessagesAsPatientsSeeThem(RunningSystem system) {
    this.system = system;
  }

  @Test
  void aMailIsShownAsItsPatientSeesItAndNothingInItRuns() throws Exception {
    Booking booking = system.client().book();
    soon(() -> assertThat(system.clinic().view(booking)).isEqualTo(seen(1, 1)));
    JsonNode mail = system.clinic().messages(booking.person().email()).get(0);

    HttpResponse<String> page = send("GET", "/outbox/" + mail.path("id").asText() + "/html", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox");
    assertThat(page.body())
        .contains("<bdi>Hello " + booking.person().given(), "/#/manage/" + booking.id());
  }

  @Test
  void anOptOutComesInByItsQueueAndIsListedWithoutItsNumber() throws Exception {
    String nobodys = "+15005550006";
    HttpResponse<String> reported =
        send(
            "POST",
            "/messages-control/reports",
            "{\"kind\": \"answer\", \"to\": \"%s\", \"text\": \"Stop\"}".formatted(nobodys));

    assertThat(reported.statusCode()).isEqualTo(204);
    soon(
        () ->
            assertThat(send("GET", "/local/messages", "").body())
                .contains("\"what\":\"suppressed\"", "opted-out")
                .doesNotContain(nobodys));
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI to = system.addresses().sandbox().resolve(path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(to).method(method, BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
  }
}
