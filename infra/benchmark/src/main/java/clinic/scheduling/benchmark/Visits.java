package clinic.scheduling.benchmark;

import clinic.scheduling.sandbox.canvas.CanvasSandbox;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Visits that staff book in Canvas, for the two clinicians of the example practice in turn. They
 * lie in the past, of which no patient is told: what follows a message would share these cores.
 */
final class Visits {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HARBOR = "Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01";
  private static final List<String> CLINICIANS =
      List.of("7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11", "3f8a9b7c6d5e4f10a293847561bbccdd");
  private static final Duration LENGTH = Duration.ofMinutes(30);

  private static final String PATIENT =
      """
      {"resourceType": "Patient", "active": true, "gender": "unknown", "birthDate": "1961-07-04",
       "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex",
         "valueCode": "UNK"}],
       "name": [{"use": "official", "family": "Backlog", "given": ["Bench"]}],
       "telecom": [{"system": "phone", "use": "mobile", "value": "2065550142"}]}""";

  private final Clinic clinic;
  private final String patient;
  private Instant next;
  private int booked;

  Visits(Clinic clinic, Clock clock) throws IOException, InterruptedException {
    this.clinic = clinic;
    this.patient = patient();
    this.next = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(300));
  }

  /** Books one; its id in Canvas. */
  String book() throws IOException, InterruptedException {
    if (booked % CLINICIANS.size() == 0) {
      next = next.plus(LENGTH);
    }
    ObjectNode body = JSON.createObjectNode();
    body.put("resourceType", "Appointment").put("status", "booked");
    coding(body.putObject("appointmentType"), "http://snomed.info/sct", "308335008");
    coding(body.putArray("reasonCode").addObject(), "INTERNAL", "FU");
    body.putArray("supportingInformation").addObject().put("reference", HARBOR);
    body.put("start", next.toString()).put("end", next.plus(LENGTH).toString());
    List<String> actors =
        List.of("Patient/" + patient, "Practitioner/" + CLINICIANS.get(booked++ % 2));
    var participants = body.putArray("participant");
    for (String actor : actors) {
      ObjectNode participant = participants.addObject().put("status", "accepted");
      participant.putObject("actor").put("reference", actor);
    }
    HttpResponse<String> answer =
        clinic
            .web()
            .send(
                clinic
                    .web()
                    .to(clinic.sandbox(), "/canvas-control/appointments")
                    .POST(BodyPublishers.ofString(body.toString())));
    String id = JSON.readTree(answer.body()).path("id").asText("");
    if (id.isEmpty()) {
      throw new IOException("Staff cannot book: " + answer.body());
    }
    return id;
  }

  /** The one whom every visit is with. */
  private String patient() throws IOException, InterruptedException {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(CanvasSandbox.CLIENT_ID, CanvasSandbox.CLIENT_SECRET);
    HttpResponse<String> token =
        post("/canvas-auth/token/", form, "Content-Type", "application/x-www-form-urlencoded");
    String bearer = "Bearer " + JSON.readTree(token.body()).path("access_token").asText();
    HttpResponse<String> made = post("/canvas/Patient", PATIENT, "Authorization", bearer);
    return made.headers()
        .firstValue("Location")
        .map(place -> place.replaceFirst(".*/Patient/([^/]+).*", "$1"))
        .orElseThrow(() -> new IOException("Canvas makes no patient: " + made.body()));
  }

  private HttpResponse<String> post(String path, String body, String header, String value)
      throws IOException, InterruptedException {
    return clinic
        .web()
        .send(
            clinic
                .web()
                .to(clinic.sandbox(), path)
                .header(header, value)
                .POST(BodyPublishers.ofString(body)));
  }

  private static void coding(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }
}
