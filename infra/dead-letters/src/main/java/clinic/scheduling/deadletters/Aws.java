package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One AWS service by its JSON protocol.
 *
 * @param target the prefix of {@code X-Amz-Target}
 * @param version of the protocol, 1.0 or 1.1
 * @param session the token of temporary credentials
 */
record Aws(
    URI endpoint,
    String target,
    String version,
    Signature signature,
    Optional<String> session,
    Clock clock,
    HttpClient http) {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * @throws IOException naming the action and the kind of error, never what a message says
   */
  JsonNode call(String action, JsonNode request) throws IOException, InterruptedException {
    byte[] body = JSON.writeValueAsBytes(request);
    Instant now = clock.instant();
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/x-amz-json-" + version);
    headers.put("x-amz-date", Signature.TIME.format(now));
    headers.put("x-amz-target", target + "." + action);
    session.ifPresent(token -> headers.put("x-amz-security-token", token));
    HttpRequest.Builder post =
        HttpRequest.newBuilder(endpoint)
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(post::header);
    headers.put("host", endpoint.getAuthority());
    post.header("Authorization", signature.of("POST", "", headers, body, now));
    HttpResponse<byte[]> answer = http.send(post.build(), HttpResponse.BodyHandlers.ofByteArray());
    JsonNode json = answer.body().length == 0 ? JSON.createObjectNode() : read(answer.body());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s: %d %s"
              .formatted(action, answer.statusCode(), json.path("__type").asText("no JSON")));
    }
    return json;
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
