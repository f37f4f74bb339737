package clinic.scheduling.benchmark.messages;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import clinic.scheduling.benchmark.report.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Runs the reminders of a practice that sends them itself. */
final class ReminderRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchmarkClinic clinic;

  ReminderRuns(BenchmarkClinic clinic) {
    this.clinic = clinic;
  }

  /** The example practice, with reminders of its own. */
  static Path practice(Settings settings) throws IOException {
    String example = Files.readString(settings.repository().resolve("infra/practice.example.json"));
    Files.createDirectories(settings.target());
    return Files.writeString(
        settings.target().resolve("practice-reminders.json"),
        example.replace("\"canvasReminders\": true", "\"canvasReminders\": false"));
  }

  /**
   * Runs the reminders.
   *
   * @return the response
   */
  JsonNode run() throws IOException, InterruptedException {
    HttpResponse<String> answer = clinic.post("/local/run/reminders", "");
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
}
