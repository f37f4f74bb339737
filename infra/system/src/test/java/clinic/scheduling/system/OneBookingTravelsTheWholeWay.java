package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.smoke.Smoke;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One booking, from the lookup to both calendars, the e-mail with its invitation and the SMS, and
 * then its cancellation. All calls use real HTTP, and every exchange is checked against the
 * published API.
 */
abstract class OneBookingTravelsTheWholeWay {
  private final RunningSystem system;
  private final Clinic clinic;
  private final Client client;

  OneBookingTravelsTheWholeWay(RunningSystem system) {
    this.system = system;
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @Test
  void aBookingReachesCalendarsAndPatientAndIsTakenBack() throws Exception {
    Booking booking = client.book();
    soon(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    assertThat(client.read(booking).json().path("status").asText()).isEqualTo("scheduled");
    assertThat(clinic.created(booking)).isEqualTo(1);
    String mail = mime(clinic.messages(booking.person().email()).get(0));
    assertThat(mail).contains("text/calendar").contains("method=REQUEST");

    assertThat(client.cancel(booking).status()).isEqualTo(200);

    soon(() -> assertThat(clinic.view(booking)).isEqualTo(seen(0, 2)));
    assertThat(client.read(booking).json().path("status").asText()).isEqualTo("cancelled");
    JsonNode goodbye = clinic.messages(booking.person().email()).get(1);
    assertThat(goodbye.path("subject").asText()).containsIgnoringCase("cancel");
    assertThat(mime(goodbye)).contains("method=CANCEL");
    assertThat(clinic.messages(booking.person().phone()).get(1).path("text").asText())
        .containsIgnoringCase("cancel");
  }

  @Test
  void oneIdFollowsABookingThroughTheLogsOfAllItsFunctions() throws Exception {
    Booking booking = client.book();

    String id = clinic.identifier(booking);
    assertThat(id).startsWith("bk-");
    for (String function : RunningSystem.FUNCTIONS) {
      if (!function.equals("FindSlots")) {
        soon(() -> assertThat(system.logs().follow(function, id)).as(function).isTrue());
      }
    }
    // If a visit is cancelled before a text message about it was sent, that text message is not
    // sent.
    soon(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    client.cancel(booking);
    soon(() -> assertThat(clinic.view(booking)).isEqualTo(seen(0, 2)));
  }

  @Test
  void theSmokeOfTheLocalRunSaysSoToo() throws Exception {
    List<String> told = new ArrayList<>();

    boolean passed =
        Smoke.run(
            system.addresses().api(),
            system.addresses().sandbox(),
            system.logs().folder(),
            Clock.systemUTC(),
            told::add);

    assertThat(passed).as("%s", told).isTrue();
  }

  @Test
  void whatIsNoRouteIsAnsweredAsTheContractSays() throws Exception {
    assertThat(client.once("GET", "/nowhere", Map.of(), "").status()).isEqualTo(404);
    assertThat(client.once("GET", "/health", Map.of(), "").status()).isEqualTo(200);
    assertThat(client.once("GET", "/catalog", Map.of(), "").status()).isEqualTo(200);
    assertThat(client.once("GET", "/slots?visit=office", Map.of(), "").status()).isEqualTo(400);
    assertThat(client.once("GET", "/appointments/bk-1", Map.of(), "").status()).isEqualTo(401);
  }

  private static String mime(JsonNode message) {
    return new String(
        Base64.getMimeDecoder().decode(message.path("raw").asText()), StandardCharsets.UTF_8);
  }
}
