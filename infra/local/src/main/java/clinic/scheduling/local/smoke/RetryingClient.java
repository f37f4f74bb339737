package clinic.scheduling.local.smoke;

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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls the API and retries transient errors, with the same idempotency key. */
final class RetryingClient {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(35);
  private static final Set<Integer> MAY_PASS = Set.of(429, 500, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Deadline deadline;

  RetryingClient(Deadline deadline) {
    this.deadline = deadline;
  }

  /** The final response. */
  record Answer(int status, JsonNode body) {
    String type() {
      return body.path("type").asText("");
    }
  }

  static HttpRequest.Builder to(URI base, String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
  }

  static HttpRequest post(HttpRequest.Builder request, JsonNode body) {
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  /**
   * Sends a request until its response is final.
   *
   * @param look where to look if time runs out
   */
  Answer send(HttpRequest request, String look) throws SmokeFailure, InterruptedException {
    while (true) {
      HttpResponse<String> response = attempt(request);
      Answer answer = response == null ? new Answer(0, JSON.nullNode()) : read(response);
      boolean inProgress = answer.status() == 409 && answer.type().endsWith("in-progress");
      if (answer.status() != 0 && !inProgress && !MAY_PASS.contains(answer.status())) {
        return answer;
      }
      deadline.pause(
          retryAfterMillis(response),
          "%s %s was last answered with %d. %s"
              .formatted(request.method(), request.uri().getPath(), answer.status(), look));
    }
  }

  private @Nullable HttpResponse<String> attempt(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    }
  }

  private static long retryAfterMillis(@Nullable HttpResponse<String> response) {
    return Optional.ofNullable(response)
        .flatMap(r -> r.headers().firstValue("retry-after"))
        .filter(seconds -> seconds.matches("\\d{1,4}"))
        .map(seconds -> Math.max(100, Long.parseLong(seconds) * 1000))
        .orElse(200L);
  }

  private static Answer read(HttpResponse<String> response) {
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      return new Answer(response.statusCode(), JSON.nullNode());
    }
  }
}
