package clinic.scheduling.operate.installation;

import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.operate.aws.AwsAction;
import clinic.scheduling.operate.aws.Clients;
import clinic.scheduling.operate.logs.LogFiles;
import clinic.scheduling.operate.logs.Logs;
import clinic.scheduling.operate.output.OperateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The local run. Its page {@code /local/stores} says where its queues and its table are; they take
 * any credentials.
 *
 * @param pages the address of its pages
 * @param stores that page
 * @param repository the folder of the repository, which holds the logs of the run
 */
record LocalRun(URI pages, JsonNode stores, Path repository, SqsClient sqs)
    implements Installation {
  private static final String LOGS = "infra/local/target/local/logs";
  private static final String DEAD_LETTERS = "-dead-letters";

  /**
   * @param port of the stand-ins
   * @throws OperateException if there is no local run
   */
  static LocalRun at(int port, Path repository) {
    URI pages = URI.create("http://localhost:" + port + "/local/");
    JsonNode stores = page(pages.resolve("stores"));
    SqsClient sqs = local(SqsClient.builder(), stores.path("sqs").asText()).build();
    return new LocalRun(pages, stores, repository, sqs);
  }

  @Override
  public String url(QueueName queue) {
    return find(queue.word());
  }

  @Override
  public String deadLettersUrl(QueueName queue) {
    return find(queue.word() + DEAD_LETTERS);
  }

  @Override
  public Optional<Instant> oldest(QueueName queue) {
    return page(pages.resolve("queues"))
        .path("queues")
        .valueStream()
        .filter(one -> one.path("name").asText().equals(queue.word()))
        .filter(one -> one.hasNonNull("oldest"))
        .map(one -> Instant.parse(one.path("oldest").asText()))
        .findFirst();
  }

  @Override
  public Logs logs() {
    return new LogFiles(repository.resolve(LOGS));
  }

  @Override
  public Rows rows() {
    return new DynamoRows(
        local(DynamoDbClient.builder(), stores.path("dynamodb").asText()).build(),
        stores.path("table").asText(),
        SystemClock.utc());
  }

  /** Any schedule runs any task: the fields of the body replace those of its own input. */
  @Override
  public JsonNode runUpkeep(JsonNode input) {
    HttpRequest run =
        HttpRequest.newBuilder(pages.resolve("run/reconcile"))
            .timeout(UpkeepAnswers.LONGEST_RUN)
            .POST(HttpRequest.BodyPublishers.ofString(input.toString()))
            .build();
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(run, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return UpkeepAnswers.parse(answer.body());
      }
      throw new OperateException(
          "the run failed: see RunUpkeep-*.log in " + repository.resolve(LOGS));
    } catch (IOException e) {
      throw UpkeepAnswers.lost();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UpkeepAnswers.lost();
    }
  }

  @Override
  public String practicePlace() {
    return stores.path("practice").asText();
  }

  @Override
  public String commit() {
    return stores.path("commit").asText();
  }

  private String find(String name) {
    return AwsAction.call(
        "GetQueueUrl", () -> sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
  }

  private static <B extends AwsClientBuilder<B, ?>> B local(B builder, String endpoint) {
    return Clients.once(builder, Region.US_EAST_1)
        .endpointOverride(URI.create(endpoint))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  private static JsonNode page(URI page) {
    try {
      HttpResponse<byte[]> response =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(page).timeout(Clients.TIMEOUT).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return new ObjectMapper().readTree(response.body());
      }
    } catch (IOException e) {
      // The same as a page that is not there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new OperateException("there is no local run at " + page);
  }
}
