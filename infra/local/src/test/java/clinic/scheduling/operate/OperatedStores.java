package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.local.stores.StoresPage;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Template;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The queues and the table of the template, the pages by which the tool finds them, and the tool in
 * a process of its own, as its script runs it.
 */
final class OperatedStores implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CLASS_PATH =
      String.join(
          File.pathSeparator,
          at("../operate/target/classes"),
          at("../../functions/core/target/classes"),
          at("../operate/target/lib") + "/*");

  private final EmbeddedAws aws;
  private final Server pages;
  private final Deployment deployment;

  private OperatedStores(EmbeddedAws aws, Server pages, Deployment deployment) {
    this.aws = aws;
    this.pages = pages;
    this.deployment = deployment;
  }

  /** What a command printed, and its exit code. */
  record Ran(int code, String out, String err) {}

  static OperatedStores start() throws IOException, InterruptedException {
    Deployment deployment =
        Template.read(Path.of("../../template.yaml"), Map.of(), Map.of("QueuePrefix", ""));
    EmbeddedAws aws = EmbeddedAws.start();
    aws.createQueues(deployment.queues());
    for (Deployment.TableSpec table : deployment.tables()) {
      aws.createTable(table);
    }
    String page = StoresPage.of(aws, deployment, "table:default", "c0ffee").toString();
    Server pages =
        Server.start(0)
            .mount("/local/stores", call -> Reply.json(200, page))
            .mount("/local/queues", call -> Reply.json(200, queues(aws, deployment).toString()));
    return new OperatedStores(aws, pages, deployment);
  }

  /** What the tool reads of the page of the local run. */
  private static JsonNode queues(EmbeddedAws aws, Deployment deployment) {
    ObjectNode page = JSON.createObjectNode();
    ArrayNode list = page.putArray("queues");
    for (Deployment.QueueSpec queue : deployment.queues()) {
      ObjectNode one = list.addObject().put("name", queue.name());
      aws.messages(queue.name()).stream()
          .findFirst()
          .ifPresent(oldest -> one.put("oldest", oldest.since().toString()));
    }
    return page;
  }

  EmbeddedAws aws() {
    return aws;
  }

  Server pages() {
    return pages;
  }

  String table() {
    return deployment.tables().get(0).name();
  }

  List<String> bodies(String queue) {
    return aws.messages(queue).stream().map(QueuedMessage::body).toList();
  }

  void emptyQueues() throws IOException, InterruptedException {
    for (Deployment.QueueSpec queue : deployment.queues()) {
      while (!aws.messages(queue.name()).isEmpty()) {
        List<String> handles =
            aws.queues().receive(queue.name(), 10, 1).stream()
                .map(message -> message.path("ReceiptHandle").asText())
                .toList();
        aws.queues().delete(queue.name(), handles);
      }
    }
  }

  /** Runs a command on these stores. */
  Ran local(Path folder, String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--local", "--port", Integer.toString(pages.port())));
    return execute(folder, Map.of(), all.toArray(String[]::new));
  }

  /**
   * Starts a command on these stores that asks something, and waits until it has asked.
   *
   * @return its process; the question has been read from its error output
   */
  Process ask(Path folder, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--local", "--port", Integer.toString(pages.port())));
    Process process = builder(folder, Map.of(), all).start();
    StringBuilder asked = new StringBuilder();
    while (asked.indexOf("Type yes") < 0) {
      int next = process.getErrorStream().read();
      assertThat(next).as("it asks: %s", asked).isNotNegative();
      asked.append((char) next);
    }
    return process;
  }

  /** Runs a command in a process whose environment has only these AWS keys. */
  static Ran execute(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        builder(folder, environment, List.of(words))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private static ProcessBuilder builder(
      Path folder, Map<String, String> environment, List<String> words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                CLASS_PATH,
                "clinic.scheduling.operate.Operate"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Writes a row as DynamoDB takes it. */
  void putRow(JsonNode item) throws IOException, InterruptedException {
    call("PutItem", request().set("Item", item));
  }

  /** Removes all rows of a partition. */
  void forgetRows(String partition) throws IOException, InterruptedException {
    for (JsonNode row : aws.rows(table(), partition)) {
      ObjectNode request = request();
      request.putObject("Key").<ObjectNode>set("pk", row.path("pk")).set("sk", row.path("sk"));
      call("DeleteItem", request);
    }
  }

  private ObjectNode request() {
    return JSON.createObjectNode().put("TableName", table());
  }

  private void call(String action, JsonNode request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(aws.dynamodb())
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", "DynamoDB_20120810." + action)
                    .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request,"
                            + " SignedHeaders=host, Signature=0")
                    .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String at(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  @Override
  public void close() {
    pages.close();
    aws.close();
  }
}
