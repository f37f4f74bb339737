package clinic.scheduling.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The queues and logs of a stack on AWS, or of the local run.
 *
 * @param prefix of the names of queues
 */
record Installation(SqsClient sqs, String prefix, FailureReasons reasons) {
  private static final String DEAD_LETTERS = "-dead-letters";
  private static final String LOCAL_LOGS = "infra/local/target/local/logs";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * The queues and logs of the local run. Its queues take any credentials.
   *
   * @param port of the sandboxes
   * @param folder where the local run was started, which holds its logs
   */
  static Installation local(int port, String prefix, Path folder)
      throws IOException, InterruptedException {
    SqsClient sqs =
        once(SqsClient.builder(), Region.US_EAST_1)
            .endpointOverride(localEndpoint(port))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
    return new Installation(sqs, prefix, new LogFiles(folder.resolve(LOCAL_LOGS)));
  }

  /** The queues and logs of a stack on AWS, with the credentials of the environment. */
  static Installation aws(Region region, String prefix, Optional<String> stack) {
    EnvironmentVariableCredentialsProvider keys = EnvironmentVariableCredentialsProvider.create();
    return new Installation(
        once(SqsClient.builder(), region).credentialsProvider(keys).build(),
        prefix,
        new LogGroup(
            once(CloudWatchLogsClient.builder(), region).credentialsProvider(keys).build(), stack));
  }

  DeadLetterQueue queue(String name) {
    return new DeadLetterQueue(sqs, name, url(prefix + name), url(prefix + name + DEAD_LETTERS));
  }

  private String url(String queue) {
    return AwsAction.call(
        "GetQueueUrl", () -> sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl());
  }

  /**
   * Calls are not repeated: if an answer was lost, SQS may have taken the message. Connections are
   * not used again either, because HttpURLConnection repeats a call if a used connection fails.
   */
  private static <B extends AwsClientBuilder<B, ?>> B once(B builder, Region region) {
    return builder
        .region(region)
        .overrideConfiguration(
            configuration ->
                configuration
                    .apiCallTimeout(TIMEOUT)
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .putHeader("Connection", "close"));
  }

  private static URI localEndpoint(int port) throws IOException, InterruptedException {
    URI queues = URI.create("http://localhost:" + port + "/local/queues");
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(queues).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    JsonNode page =
        response.statusCode() == 200
            ? new ObjectMapper().readTree(response.body())
            : new ObjectMapper().createObjectNode();
    if (!page.hasNonNull("endpoint")) {
      throw new IOException("there is no local run at " + queues);
    }
    return URI.create(page.get("endpoint").asText());
  }
}
