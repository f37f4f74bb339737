package clinic.scheduling.benchmark.clinic;

import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Visits that staff book in Canvas, alternately for the two clinicians of the example practice, all
 * for one patient, who consented to mail.
 */
public final class Visits {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CLINICIANS =
      List.of("7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11", "3f8a9b7c6d5e4f10a293847561bbccdd");
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final int AT_ONCE = 8;

  private static final String PATIENT =
      """
      {"resourceType": "Patient", "active": true, "gender": "unknown", "birthDate": "1961-07-04",
       "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex",
         "valueCode": "UNK"}],
       "name": [{"use": "official", "family": "Bench", "given": ["Avery"]}],
       "telecom": [{"system": "email", "use": "home", "value": "avery.bench@example.invalid",
         "extension": [{"url": "http://schemas.canvasmedical.com/fhir/extensions/has-consent",
           "valueBoolean": true}]}]}""";

  private static final String VISIT =
      """
      {"resourceType": "Appointment", "status": "booked", "start": "%s", "end": "%s",
       "appointmentType": {"coding": [{"system": "http://snomed.info/sct", "code": "308335008"}]},
       "reasonCode": [{"coding": [{"system": "INTERNAL", "code": "FU"}]}],
       "supportingInformation": [{"reference": "Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01"}],
       "participant": [
         {"status": "accepted", "actor": {"reference": "Patient/%s"}},
         {"status": "accepted", "actor": {"reference": "Practitioner/%s"}}]}""";

  private final BenchmarkClinic clinic;
  private final String patient;
  private final Instant longAgo;
  private final AtomicInteger booked = new AtomicInteger();

  public Visits(BenchmarkClinic clinic, Clock clock) throws IOException, InterruptedException {
    this.clinic = clinic;
    this.patient = patient();
    this.longAgo = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(300));
  }

  /**
   * Books a visit in the past, for which no message is sent: messages would share the CPU.
   *
   * @return its id in Canvas
   */
  public String book() throws IOException, InterruptedException {
    return book(longAgo.plus(LENGTH.multipliedBy(booked.get() / CLINICIANS.size())));
  }

  /** Books several visits concurrently. */
  public void book(int count, Instant first, Duration apart)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<String>> all =
          LongStream.range(0, count)
              .mapToObj(number -> first.plus(apart.multipliedBy(number)))
              .<Callable<String>>map(start -> () -> book(start))
              .toList();
      for (Future<String> one : threads.invokeAll(all)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private String book(Instant start) throws IOException, InterruptedException {
    String clinician = CLINICIANS.get(booked.getAndIncrement() % CLINICIANS.size());
    String visit = VISIT.formatted(start, start.plus(LENGTH), patient, clinician);
    HttpResponse<String> answer = clinic.post("/canvas-control/appointments", visit);
    String id = JSON.readTree(answer.body()).path("id").asText("");
    if (id.isEmpty()) {
      throw new IOException("Staff cannot book: " + answer.body());
    }
    return id;
  }

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
}
