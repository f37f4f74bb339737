package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where the queues are.
 *
 * @param prefix of the names of queues
 */
record Place(Aws sqs, String prefix, Reasons reasons) {
  private static final String DEAD = "-dead-letters";
  private static final String LOGS = "infra/local/target/local/logs";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  static Place of(Wish wish, Map<String, String> environment, Path repository, Clock clock)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    if (wish.localPort().isPresent()) {
      URI queues = URI.create("http://localhost:" + wish.localPort().get() + "/local/queues");
      Signature anybody = new Signature("local", "local", "us-east-1", "sqs");
      URI endpoint = endpoint(http, queues);
      return new Place(
          new Aws(endpoint, "AmazonSQS", "1.0", anybody, Optional.empty(), clock, http),
          wish.prefix(),
          new LogFiles(repository.resolve(LOGS)));
    }
    String region = wish.region().orElseGet(() -> need(environment, "AWS_REGION"));
    Aws logs = aws("logs", "Logs_20140328", "1.1", region, environment, clock, http);
    return new Place(
        aws("sqs", "AmazonSQS", "1.0", region, environment, clock, http),
        wish.prefix(),
        new LogGroup(logs, wish.stack()));
  }

  DeadQueue queue(String name) throws IOException, InterruptedException {
    return new DeadQueue(sqs, name, url(prefix + name), url(prefix + name + DEAD));
  }

  private String url(String queue) throws IOException, InterruptedException {
    return sqs.call("GetQueueUrl", Aws.JSON.createObjectNode().put("QueueName", queue))
        .path("QueueUrl")
        .asText();
  }

  private static Aws aws(
      String service,
      String target,
      String version,
      String region,
      Map<String, String> environment,
      Clock clock,
      HttpClient http) {
    Signature signature =
        new Signature(
            need(environment, "AWS_ACCESS_KEY_ID"),
            need(environment, "AWS_SECRET_ACCESS_KEY"),
            region,
            service);
    String own = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    return new Aws(
        URI.create(own.isEmpty() ? "https://" + service + "." + region + ".amazonaws.com/" : own),
        target,
        version,
        signature,
        Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(it -> !it.isEmpty()),
        clock,
        http);
  }

  private static URI endpoint(HttpClient http, URI queues)
      throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(queues).timeout(LIMIT).build();
    HttpResponse<byte[]> answer = http.send(get, HttpResponse.BodyHandlers.ofByteArray());
    JsonNode page = Aws.JSON.readTree(answer.body());
    if (answer.statusCode() != 200 || !page.hasNonNull("endpoint")) {
      throw new IOException("there is no local run at " + queues);
    }
    return URI.create(page.get("endpoint").asText());
  }

  private static String need(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
  }
}
