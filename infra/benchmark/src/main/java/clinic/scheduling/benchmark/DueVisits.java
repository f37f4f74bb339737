package clinic.scheduling.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Visits in Canvas, whose patients agreed to mail, for reminders of a practice that sends them. */
final class DueVisits {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  private static final String HARBOR = "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final String EXTENSIONS = "http://schemas.canvasmedical.com/fhir/extensions/";
  private static final int AT_ONCE = 8;

  private final Clinic clinic;
  private final String bearer;
  private final String patient;

  DueVisits(Clinic clinic) throws IOException, InterruptedException {
    this.clinic = clinic;
    this.bearer = token(clinic);
    this.patient = patient();
  }

  /** The example practice, sending reminders itself. */
  static Path practice(Settings settings) throws IOException {
    String example = Files.readString(settings.repository().resolve("infra/practice.example.json"));
    Files.createDirectories(settings.target());
    return Files.writeString(
        settings.target().resolve("practice-reminders.json"),
        example.replace("\"canvasReminders\": true", "\"canvasReminders\": false"));
  }

  /** So many, a minute apart. */
  void book(int count, Instant first, Duration apart)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        Instant start = first.plus(apart.multipliedBy(number));
        all.add(
            threads.submit(
                () -> {
                  create("Appointment", visit(start));
                  return true;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What a run of the reminders answers. */
  JsonNode remind() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        clinic
            .web()
            .send(
                clinic
                    .web()
                    .to(clinic.sandbox(), "/local/run/reminders")
                    .POST(BodyPublishers.noBody()));
    if (answer.statusCode() != 200) {
      throw new IOException("The reminders run answers " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** When each message was sent. */
  List<Instant> sent() throws IOException, InterruptedException {
    HttpResponse<String> outbox = clinic.web().send(clinic.web().to(clinic.sandbox(), "/outbox"));
    return JSON.readTree(outbox.body())
        .path("messages")
        .valueStream()
        .map(message -> Instant.parse(message.path("at").asText()))
        .sorted()
        .toList();
  }

  /** The stand-in for mail takes so long for each. */
  void slowMail(int millis) throws IOException, InterruptedException {
    ObjectNode fault = JSON.createObjectNode().put("kind", "slow").put("match", "POST /ses");
    fault.put("times", 1_000_000).put("seconds", millis / 1000.0);
    clinic
        .web()
        .send(
            clinic
                .web()
                .to(clinic.sandbox(), "/messages-control/faults")
                .POST(BodyPublishers.ofString(fault.toString())));
  }

  private ObjectNode visit(Instant start) {
    ObjectNode visit = JSON.createObjectNode().put("resourceType", "Appointment");
    visit.put("status", "proposed").put("start", start.toString());
    visit.put("end", start.plusSeconds(1800).toString());
    visit
        .putObject("appointmentType")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", "308335008");
    visit.putArray("supportingInformation").addObject().put("reference", "Location/" + HARBOR);
    for (String who : List.of("Patient/" + patient, "Practitioner/" + INGRID)) {
      ObjectNode participant = visit.withArray("/participant").addObject();
      participant.put("status", "accepted").putObject("actor").put("reference", who);
    }
    return visit;
  }

  private String patient() throws IOException, InterruptedException {
    ObjectNode person = JSON.createObjectNode().put("resourceType", "Patient");
    person.put("gender", "unknown").put("birthDate", "1961-07-04");
    person
        .putArray("extension")
        .addObject()
        .put("url", "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex")
        .put("valueCode", "UNK");
    ObjectNode name = person.putArray("name").addObject().put("use", "official");
    name.put("family", "Bench").putArray("given").add("Avery");
    ObjectNode mail = person.putArray("telecom").addObject().put("system", "email");
    mail.put("value", "avery.bench@example.invalid").put("use", "home");
    mail.putArray("extension")
        .addObject()
        .put("url", EXTENSIONS + "has-consent")
        .put("valueBoolean", true);
    return create("Patient", person);
  }

  private String create(String kind, ObjectNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        clinic
            .web()
            .send(
                clinic
                    .web()
                    .to(clinic.sandbox(), "/canvas/" + kind)
                    .header("Authorization", "Bearer " + bearer)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() != 201) {
      throw new IOException("Canvas refuses: " + answer.statusCode() + " " + answer.body());
    }
    String location = answer.headers().firstValue("Location").orElse("");
    return location.replaceFirst("/_history/.*", "").replaceFirst(".*/", "");
  }

  private static String token(Clinic clinic) throws IOException, InterruptedException {
    String form = "grant_type=client_credentials&client_id=test-client&client_secret=test-secret";
    HttpResponse<String> answer =
        clinic
            .web()
            .send(
                clinic
                    .web()
                    .to(clinic.sandbox(), "/canvas/auth/token/")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
    return JSON.readTree(answer.body()).path("access_token").asText();
  }
}
