package clinic.scheduling.system;

import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clinic's outside systems: reads their contents, acts as staff, and makes faults happen. */
final class Clinic {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OWN_SYSTEM = "urn:example:external-scheduling";

  private final URI sandbox;
  private final HttpClient http = HttpClient.newHttpClient();

  Clinic(URI sandbox) {
    this.sandbox = sandbox;
  }

  /** Our identifier of a booking, as Canvas keeps it. */
  String identifier(Booking booking) throws Exception {
    return appointments()
        .filter(appointment -> appointment.path("id").asText().equals(booking.id()))
        .flatMap(Clinic::ours)
        .findFirst()
        .orElseThrow();
  }

  /** The Canvas patient whose appointment it is. */
  String patientOf(String appointment) throws Exception {
    return appointments()
        .filter(one -> one.path("id").asText().equals(appointment))
        .flatMap(one -> one.path("participant").valueStream())
        .map(one -> one.at("/actor/reference").asText())
        .filter(reference -> reference.startsWith("Patient/"))
        .map(reference -> reference.substring("Patient/".length()))
        .findFirst()
        .orElseThrow();
  }

  /** A token of the booking site's sign-in, with these claims. */
  String token(String claims) throws Exception {
    String body = "{\"claims\": %s}".formatted(claims);
    return JSON.readTree(post("/sign-in-control/tokens", body)).path("token").asText();
  }

  /** How many appointments in Canvas carry our identifier of a booking; it should be one. */
  long created(Booking booking) throws Exception {
    String identifier = identifier(booking);
    return appointments().flatMap(Clinic::ours).filter(identifier::equals).count();
  }

  /** Whether an appointment begins at a time. */
  boolean isTaken(Instant start) throws Exception {
    return appointments().anyMatch(one -> instant(one, "start").equals(start));
  }

  /** Every appointment of a clinician that overlaps a time, whatever its status is. */
  List<JsonNode> appointments(String practitioner, Instant start, Instant end) throws Exception {
    return appointments()
        .filter(one -> one.path("participant").toString().contains(practitioner))
        .filter(one -> instant(one, "start").isBefore(end) && instant(one, "end").isAfter(start))
        .toList();
  }

  private static Instant instant(JsonNode appointment, String field) {
    return OffsetDateTime.parse(appointment.path(field).asText()).toInstant();
  }

  private Stream<JsonNode> appointments() throws Exception {
    return get("/canvas-control/state").path("appointments").valueStream();
  }

  private static Stream<String> ours(JsonNode appointment) {
    return appointment
        .path("identifier")
        .valueStream()
        .filter(one -> one.path("system").asText().equals(OWN_SYSTEM))
        .map(one -> one.path("value").asText());
  }

  /** How many Outlook events begin at a time. */
  long outlook(Instant start) throws Exception {
    return entries("/graph-control/state", "mailboxes", start);
  }

  /** How many Google events begin at a time and are not cancelled. */
  long google(Instant start) throws Exception {
    return entries("/google-control/state", "calendars", start);
  }

  /** What was sent to somebody, oldest first. */
  List<JsonNode> messages(String address) throws Exception {
    return get("/outbox")
        .path("messages")
        .valueStream()
        .filter(message -> message.path("to").asText().equals(address))
        .toList();
  }

  /** The newest thousand attempts of Canvas to deliver a notice. */
  JsonNode deliveries() throws Exception {
    return get("/canvas-control/state").path("deliveries");
  }

  /** Staff move an appointment. Returns the id of the new appointment. */
  String reschedule(String canvasId, Instant start) throws Exception {
    String body =
        "{\"start\": \"%s\", \"end\": \"%s\"}".formatted(start, start.plus(Duration.ofMinutes(30)));
    return JSON.readTree(post("/canvas-control/appointments/" + canvasId + "/reschedule", body))
        .path("id")
        .asText();
  }

  /** Somebody deletes every Outlook event that begins at a time. */
  void deleteByHand(Instant start) throws Exception {
    for (JsonNode mailbox : get("/graph-control/state").path("mailboxes")) {
      for (JsonNode event : mailbox.path("events")) {
        if (begin(event.path("start")).equals(start)) {
          String events =
              "/graph-control/mailboxes/" + mailbox.path("address").asText() + "/events/";
          send("DELETE", events + event.path("id").asText(), "");
        }
      }
    }
  }

  /** Runs a schedule now, with these fields in its input. Returns the result of the run. */
  JsonNode run(String schedule, String fields) throws Exception {
    return JSON.readTree(post("/local/run/" + schedule, fields));
  }

  void cancel(String canvasId) throws Exception {
    post("/canvas-control/appointments/" + canvasId + "/cancel", "");
  }

  void notifications(String switches) throws Exception {
    post("/canvas-control/notifications", switches);
  }

  /** Replaces the data in Canvas by a practice of so many clinicians ({@link LargeWorld}). */
  void world(int clinicians) throws Exception {
    send("PUT", "/canvas-control/world", "{\"schedules\": %d}".formatted(clinicians));
  }

  /** Sets a toggle of the Canvas stand-in. */
  void toggle(String name, int value) throws Exception {
    send("PUT", "/canvas-control/toggles", "{\"%s\": %d}".formatted(name, value));
  }

  /**
   * Adds a fault to a system.
   *
   * @param system {@code canvas}, {@code graph}, {@code google} or {@code messages}
   */
  void fault(String system, String fault) throws Exception {
    post("/" + system + "-control/faults", fault);
  }

  /** Whether all faults of a system have occurred. */
  boolean metAll(String system) throws Exception {
    return get("/" + system + "-control/faults").isEmpty();
  }

  void noFaults() throws Exception {
    for (String system : List.of("canvas", "graph", "google", "messages")) {
      send("DELETE", "/" + system + "-control/faults", "");
    }
  }

  JsonNode get(String path) throws Exception {
    return JSON.readTree(send("GET", path, ""));
  }

  private String post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  private String send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      throw new IOException("%s %s: %s".formatted(method, path, response.body()));
    }
    return response.body();
  }

  private long entries(String path, String list, Instant start) throws Exception {
    return get(path)
        .path(list)
        .valueStream()
        .flatMap(calendar -> calendar.path("events").valueStream())
        .filter(event -> !event.path("status").asText("").equals("cancelled"))
        .filter(event -> begin(event.path("start")).equals(start))
        .count();
  }

  private static Instant begin(JsonNode start) {
    String text = start.path("dateTime").asText();
    return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text)
            .atZone(ZoneId.of(start.path("timeZone").asText("UTC")))
            .toInstant();
  }

  /** The visible effects of a booking: entries in each calendar and messages on each channel. */
  Map<String, Long> view(Booking booking) throws Exception {
    return Map.of(
        "outlook",
        outlook(booking.start()),
        "google",
        google(booking.start()),
        "email",
        (long) messages(booking.person().email()).size(),
        "sms",
        (long) messages(booking.person().phone()).size());
  }

  /** What {@link #view} should return. */
  static Map<String, Long> seen(long entries, long messages) {
    return Map.of("outlook", entries, "google", entries, "email", messages, "sms", messages);
  }
}
