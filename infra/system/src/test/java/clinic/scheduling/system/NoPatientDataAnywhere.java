package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.inTheEnd;
import static clinic.scheduling.system.Patience.soon;
import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.QueuedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, the names, telephone numbers, addresses, birth dates and reasons of patients
 * are in no log, in no queue message (dead letters included), and nowhere in the table.
 */
abstract class NoPatientDataAnywhere {
  private static final List<String> QUEUES = List.of("appointment-changes", "patient-messages");

  private final RunningSystem system;
  private final Clinic clinic;
  private final Client client;
  private final ExecutorService clients = Executors.newCachedThreadPool();

  NoPatientDataAnywhere(RunningSystem system) {
    this.system = system;
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @AfterEach
  void allIsWell() throws Exception {
    clients.shutdownNow();
    clinic.noFaults();
  }

  @Test
  void notAfterBookingsErrorsFaultsAndPoison() throws Exception {
    upTo(60).until(system::isSilent);
    Person person = client.person();
    List<String> poison = poison(person);
    refusals(person);
    faults();

    List<Future<Booking>> others =
        List.of(clients.submit(() -> client.book()), clients.submit(() -> client.book()));
    Booking booking = client.book(person, client.slot(), UUID.randomUUID().toString());
    for (Future<Booking> other : others) {
      other.get();
    }
    seedNotice(booking);
    inTheEnd(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    Instant later = client.slot().start();
    clinic.reschedule(booking.id(), later);
    Booking moved = booking.at(later);
    inTheEnd(() -> assertThat(clinic.view(moved)).isEqualTo(seen(1, 2)));
    Map<String, String> headers =
        Map.of("Idempotency-Key", "c", "Authorization", "Bearer " + booking.token());
    String reason = "{\"reason\": \"%s of %s\"}".formatted(Person.REASON, person.family());
    client.insist("POST", "/appointments/" + booking.id() + "/cancellation", headers, reason);
    inTheEnd(() -> assertThat(clinic.view(moved)).isEqualTo(seen(0, 3)));

    for (String queue : QUEUES) {
      inTheEnd(() -> assertThat(dead(queue)).containsAll(poison));
    }
    NothingIsTold.by(system);
  }

  @Test
  void andTheSearchWouldFindIt() {
    Canaries canaries = new Canaries(List.of(Person.number(33)));
    String family = Person.number(33).family();
    byte[] told = ("what: " + family).getBytes(StandardCharsets.UTF_8);

    assertThat(canaries.in("an ordinary line of 2027-03-16 with bk-0123456789abcdef")).isEmpty();
    assertThat(canaries.in("of " + family.toUpperCase(Locale.ROOT))).isNotEmpty();
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted =
          (" ".repeat(offset) + new String(told, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      assertThat(canaries.in(Base64.getEncoder().encodeToString(shifted))).isNotEmpty();
    }
    assertThat(canaries.in("tel +15555550133")).isNotEmpty();
    assertThat(canaries.in("born 1961-07-06")).isNotEmpty();
  }

  /**
   * Sends messages that cannot be parsed. Each is tried once a second, and then becomes a dead
   * letter.
   */
  private List<String> poison(Person person) throws Exception {
    List<String> poison =
        List.of(
            "{\"v\": 1, \"appointment\": \"%s\"".formatted(person.family()),
            "{\"v\": 9, \"appointment\": \"%s\", \"change\": 1}".formatted(person.email()));
    for (String queue : QUEUES) {
      for (String body : poison) {
        system.poison(queue, body);
      }
    }
    return poison;
  }

  /** Makes calls with patient data in places where it does not belong. */
  private void refusals(Person person) throws Exception {
    String name = person.family();
    Map<String, String> key = Map.of("Idempotency-Key", name);
    String booking = person.books("v1.%s.%s".formatted(name, name));
    for (String body :
        List.of(
            booking,
            booking.substring(1),
            booking.replace("\"given\"", "\"" + name + "\""),
            booking.replace(person.phone(), name),
            booking.replace("\"CA\"", "\"" + name + "\""),
            booking.replace(person.birthDate(), name))) {
      assertThat(client.once("POST", "/appointments", key, body).status()).isEqualTo(400);
    }
    client.once("GET", "/slots?visit=" + name + "&from=2027-01-01&to=2027-01-02", Map.of(), "");
    client.once("GET", "/slots?" + name + "=1", Map.of(), "");
    client.once("GET", "/appointments/" + name, Map.of("Authorization", "Bearer " + name), "");
    client.once("GET", "/" + name, Map.of(), "");
    client.once("POST", "/webhooks/canvas", Map.of("webhook-id", name), booking);
  }

  /** Adds faults to every system to which patient data goes. */
  private void faults() throws Exception {
    for (String path : List.of("/Patient", "/Appointment", "/Slot")) {
      canvasFault("", path, "\"status\", \"status\": 500");
    }
    canvasFault("POST", "/Patient", "\"cut-after-effect\"");
    canvasFault("POST", "/Appointment", "\"html\", \"status\": 502");
    fault("graph", "POST .*events", "\"cut-after-effect\"");
    fault("google", "POST .*events", "\"status\", \"status\": 500");
    for (String service : List.of("ses", "sns")) {
      String throttling = "\"status\", \"status\": 400, \"code\": \"Throttling\"";
      fault("messages", "POST /" + service, throttling);
    }
  }

  private void canvasFault(String method, String path, String kind) throws Exception {
    String match = "{\"method\": \"%s\", \"pathPrefix\": \"%s\"}".formatted(method, path);
    clinic.fault("canvas", "{\"match\": %s, \"kind\": %s}".formatted(match, kind));
  }

  private void fault(String system, String match, String kind) throws Exception {
    clinic.fault(system, "{\"match\": \"%s\", \"kind\": %s}".formatted(match, kind));
  }

  /**
   * Sends a correctly signed notice of the kind that names the patient, with additional patient
   * data.
   */
  private void seedNotice(Booking booking) throws Exception {
    String body =
        ("{\"canvas_patient_key\": \"9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5\","
                + " \"appointment_external_id\": \"%s\", \"created\": true,"
                + " \"patient_name\": \"%s\", \"comment\": \"%s\"}")
            .formatted(booking.id(), booking.person().family(), Person.COMMENT);
    Map<String, String> headers =
        system.signer().headers(UUID.randomUUID().toString(), Instant.now(), body);
    soon(
        () ->
            assertThat(client.once("POST", "/webhooks/canvas", headers, body).status())
                .isEqualTo(202));
  }

  private List<String> dead(String queue) {
    return system.stores().messages(queue + "-dead-letters").stream()
        .map(QueuedMessage::body)
        .toList();
  }
}
