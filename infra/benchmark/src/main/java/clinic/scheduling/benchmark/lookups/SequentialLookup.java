package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.benchmark.clinic.WebClient;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.LocalDate;

/** A lookup with sequential calls: for each schedule its slots, then its appointments. */
final class SequentialLookup {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CREDENTIALS =
      "grant_type=client_credentials&client_id=test-client&client_secret=test-secret";

  private final URI canvas;
  private final WebClient web;
  private final String token;

  private SequentialLookup(URI canvas, WebClient web, String token) {
    this.canvas = canvas;
    this.web = web;
    this.token = token;
  }

  static SequentialLookup of(URI sandbox, WebClient web) throws IOException, InterruptedException {
    URI canvas = sandbox.resolve("/canvas");
    HttpResponse<String> answer =
        web.send(
            web.to(canvas, "/auth/token/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(CREDENTIALS)));
    return new SequentialLookup(
        canvas, web, JSON.readTree(answer.body()).path("access_token").asText());
  }

  /**
   * Runs the lookup.
   *
   * @return its time in nanoseconds
   */
  long lookup(int schedules, DateWindows windows) throws IOException, InterruptedException {
    String[] days = windows.next().replaceAll("[a-z]+=", "").split("&", 2);
    long start = System.nanoTime();
    for (int number = 1; number <= schedules; number++) {
      String key = LargeWorld.key(number);
      get(
          "/Slot?schedule=Location.1-Staff.%s&start=%s&end=%s&duration=30"
              .formatted(key, days[0], days[1]));
      get(
          "/Appointment?practitioner=Practitioner/%s&date=ge%s&date=lt%s&_sort=date&_count=100"
              .formatted(key, days[0], LocalDate.parse(days[1]).plusDays(2)));
    }
    return System.nanoTime() - start;
  }

  private void get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        web.send(web.to(canvas, path).header("Authorization", "Bearer " + token));
    if (answer.statusCode() != 200 || !JSON.readTree(answer.body()).has("resourceType")) {
      throw new IOException("Canvas says " + answer.statusCode() + ": " + answer.body());
    }
  }
}
