package clinic.scheduling.local.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Books and cancels one appointment in the running system, puts a meeting into a calendar and takes
 * it away, and checks the effects from outside.
 */
public final class Smoke {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long GLANCE_MILLIS = 25;
  private static final int MOST_SLOTS_TRIED = 10;

  /** The clinician whose meetings block time in the local run. */
  private static final String PRACTITIONER = "ingrid-testwell";

  private static final String EVENTS =
      "/graph-control/mailboxes/ingrid.testwell@example.invalid/events";

  private final URI api;
  private final URI sandbox;
  private final Path logs;
  private final Clock clock;
  private final Consumer<String> out;
  private final Deadline deadline;
  private final RetryingClient client;
  private final ObservedEffects views;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final String email = "smoke." + run + "@example.invalid";

  /** A fictional number (555-01xx) that no other concurrent run uses. */
  private final String phone = fictional(new Random(run.hashCode()));

  private long last;

  private Smoke(URI api, URI sandbox, Path logs, Clock clock, Consumer<String> out) {
    this.api = api;
    this.sandbox = sandbox;
    this.logs = logs;
    this.clock = clock;
    this.out = out;
    this.deadline = new Deadline(clock, LIMIT);
    this.client = new RetryingClient(deadline);
    this.views = new ObservedEffects(sandbox, client);
    this.last = clock.millis();
  }

  /**
   * Runs the check, for at most five minutes.
   *
   * @param out gets each step with its milliseconds, and the result
   * @return whether booking and cancellation had all their effects
   */
  public static boolean run(URI api, URI sandbox, Path logs, Clock clock, Consumer<String> out)
      throws InterruptedException {
    long start = clock.millis();
    try {
      new Smoke(api, sandbox, logs, clock, out).allHops();
      out.accept("Smoke passed in %d ms.".formatted(clock.millis() - start));
      return true;
    } catch (SmokeFailure e) {
      out.accept("Smoke FAILED after %d ms. %s".formatted(clock.millis() - start, e.getMessage()));
      return false;
    }
  }

  private static String fictional(Random random) {
    return "+1%03d55501%02d".formatted(201 + random.nextInt(789), random.nextInt(100));
  }

  private interface Seen {
    boolean now() throws SmokeFailure, InterruptedException;
  }

  private void allHops() throws SmokeFailure, InterruptedException {
    JsonNode booked = book();
    var start = OffsetDateTime.parse(booked.path("start").asText()).toInstant();
    until("in Outlook", "SyncCalendars", () -> views.outlook(start) == 1);
    until("in Google", "SyncCalendars", () -> views.google(start) == 1);
    until("confirmed by e-mail", "SendMessage", () -> views.messages(email).size() == 1);
    until("confirmed by SMS", "SendMessage", () -> views.messages(phone).size() == 1);
    cancel(booked);
    until("gone from Outlook", "SyncCalendars", () -> views.outlook(start) == 0);
    until("gone from Google", "SyncCalendars", () -> views.google(start) == 0);
    until("cancellation by e-mail", "SendMessage", () -> cancelled(email));
    until("cancellation by SMS", "SendMessage", () -> cancelled(phone));
    meeting();
  }

  /** A meeting in Outlook takes a slot, and gives it back. */
  private void meeting() throws SmokeFailure, InterruptedException {
    control(RetryingClient.post(RetryingClient.to(sandbox, "/local/run/renewals"), object()));
    hop("calendars watched");
    JsonNode slot = middleSlot();
    Instant start = instant(slot, "start");
    String event =
        control(RetryingClient.post(RetryingClient.to(sandbox, EVENTS), event(slot)))
            .path("id")
            .asText();
    until("blocked in Canvas", "MirrorMeetings", () -> views.blocks(start) == 1);
    until("no longer offered", "FindSlots", () -> !isOffered(start));
    control(RetryingClient.to(sandbox, EVENTS + "/" + event).DELETE().build());
    until("free in Canvas", "MirrorMeetings", () -> views.blocks(start) == 0);
    until("offered again", "FindSlots", () -> isOffered(start));
  }

  /** One slot in the middle, so that it stays within the answer's limit. */
  private JsonNode middleSlot() throws SmokeFailure, InterruptedException {
    List<JsonNode> slots = slots().valueStream().filter(Smoke::isOfPractitioner).toList();
    if (slots.isEmpty()) {
      throw new SmokeFailure("No slot of " + PRACTITIONER + " is offered.");
    }
    return slots.get(slots.size() / 2);
  }

  private boolean isOffered(Instant start) throws SmokeFailure, InterruptedException {
    return offered()
        .valueStream()
        .filter(Smoke::isOfPractitioner)
        .anyMatch(slot -> instant(slot, "start").equals(start));
  }

  private static boolean isOfPractitioner(JsonNode slot) {
    return slot.at("/practitioner/id").asText().equals(PRACTITIONER);
  }

  private static Instant instant(JsonNode slot, String end) {
    return OffsetDateTime.parse(slot.path(end).asText()).toInstant();
  }

  private static ObjectNode event(JsonNode slot) {
    ObjectNode event = object().put("subject", "Smoke").put("showAs", "busy");
    for (String end : List.of("start", "end")) {
      event
          .putObject(end)
          .put("dateTime", instant(slot, end).toString().replace("Z", ""))
          .put("timeZone", "UTC");
    }
    return event;
  }

  private static ObjectNode object() {
    return RetryingClient.JSON.createObjectNode();
  }

  private JsonNode control(HttpRequest request) throws SmokeFailure, InterruptedException {
    RetryingClient.Answer answer = client.send(request, look("RunUpkeep"));
    if (answer.status() / 100 != 2) {
      throw refused(request.method() + " " + request.uri().getPath(), answer, "RunUpkeep");
    }
    return answer.body();
  }

  private JsonNode book() throws SmokeFailure, InterruptedException {
    JsonNode slots = slots();
    for (int i = 0; i < Math.min(MOST_SLOTS_TRIED, slots.size()); i++) {
      HttpRequest.Builder request =
          RetryingClient.to(api, "/appointments")
              .header("Idempotency-Key", UUID.randomUUID().toString());
      RetryingClient.Answer answer =
          client.send(
              RetryingClient.post(request, booking(slots.get(i).path("slot").asText())),
              look("BookAppointment"));
      if (answer.status() == 201) {
        hop("booked " + answer.body().path("id").asText());
        return answer.body();
      }
      if (!answer.type().endsWith("slot-taken")) {
        throw refused("POST /appointments", answer, "BookAppointment");
      }
    }
    throw new SmokeFailure("Every slot that was tried had been taken.");
  }

  private JsonNode slots() throws SmokeFailure, InterruptedException {
    JsonNode slots = offered();
    hop("%d slots offered".formatted(slots.size()));
    return slots;
  }

  private JsonNode offered() throws SmokeFailure, InterruptedException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String query = "visit=office&from=%s&to=%s".formatted(today.plusDays(1), today.plusDays(14));
    RetryingClient.Answer answer =
        client.send(RetryingClient.to(api, "/slots?" + query).build(), look("FindSlots"));
    JsonNode slots = answer.body().path("slots");
    if (answer.status() != 200 || slots.isEmpty()) {
      throw refused("GET /slots?" + query, answer, "FindSlots");
    }
    return slots;
  }

  private ObjectNode booking(String slot) {
    ObjectNode booking = RetryingClient.JSON.createObjectNode().put("slot", slot);
    booking.putObject("reason").put("code", "FU");
    ObjectNode patient = booking.putObject("patient");
    patient.put("given", "Smoke").put("family", "Tester-" + run).put("birthDate", "1980-02-29");
    patient.put("phone", phone).put("email", email).put("state", "CA");
    patient.putObject("consent").put("email", true).put("sms", true);
    return booking;
  }

  private void cancel(JsonNode booked) throws SmokeFailure, InterruptedException {
    String path = "/appointments/" + booked.path("id").asText() + "/cancellation";
    HttpRequest.Builder request =
        RetryingClient.to(api, path)
            .header("Authorization", "Bearer " + booked.at("/manage/token").asText())
            .header("Idempotency-Key", UUID.randomUUID().toString());
    RetryingClient.Answer answer =
        client.send(
            RetryingClient.post(request, RetryingClient.JSON.createObjectNode()),
            look("BookAppointment"));
    if (answer.status() != 200) {
      throw refused("POST " + path, answer, "BookAppointment");
    }
    hop("cancelled");
  }

  private boolean cancelled(String to) throws SmokeFailure, InterruptedException {
    var messages = views.messages(to);
    return messages.size() == 2 && messages.get(1).matches("(?is).*cancel.*");
  }

  private void until(String what, String function, Seen seen)
      throws SmokeFailure, InterruptedException {
    while (!seen.now()) {
      deadline.pause(GLANCE_MILLIS, "This did not happen: " + what + ". " + look(function));
    }
    hop(what);
  }

  private void hop(String what) {
    long now = clock.millis();
    out.accept("%7d ms  %s".formatted(now - last, what));
    last = now;
  }

  private SmokeFailure refused(String call, RetryingClient.Answer answer, String function) {
    return new SmokeFailure(
        "%s was answered with %d %s. %s"
            .formatted(call, answer.status(), answer.body(), look(function)));
  }

  private String look(String function) {
    return "Look at %s/%s-*.log, at queues.log beside it, and at %s/local/queues"
        .formatted(logs, function, sandbox);
  }
}
