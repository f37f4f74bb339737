package clinic.scheduling.local.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls an AWS service by its JSON 1.0 protocol; the stand-ins do not check signatures. */
final class AwsJson {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than the longest long poll, 20 s. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI endpoint;
  private final String service;

  /**
   * @param service the prefix of {@code X-Amz-Target}, for example {@code AmazonSQS}
   */
  AwsJson(URI endpoint, String service) {
    this.endpoint = endpoint;
    this.service = service;
  }

  /**
   * Sends one request.
   *
   * @throws AwsErrorException if the service answers with an error
   */
  JsonNode call(String action, JsonNode request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(endpoint)
            .timeout(LIMIT)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", service + "." + action)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
            .build();
    HttpResponse<byte[]> response = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode body = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      String type = body.path("__type").asText();
      throw new AwsErrorException(type.substring(type.lastIndexOf('#') + 1), action + ": " + body);
    }
    return body;
  }
}
