package clinic.scheduling.operate;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.stores.QueuedMessage;
import clinic.scheduling.local.stores.StoresPage;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Template;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import java.io.File;
import java.io.IOException;
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
    String page = StoresPage.of(aws, deployment, "c0ffee").toString();
    Server pages = Server.start(0).mount("/local/stores", call -> Reply.json(200, page));
    return new OperatedStores(aws, pages, deployment);
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

  /** Runs a command in a process whose environment has only these AWS keys. */
  static Ran execute(Path folder, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return execute(folder, environment, "", words);
  }

  /**
   * Runs a command.
   *
   * @param typed what its user types
   */
  static Ran execute(Path folder, Map<String, String> environment, String typed, String... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                CLASS_PATH,
                "clinic.scheduling.operate.Operate"));
    command.addAll(List.of(words));
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Path input = Files.writeString(folder.resolve("input"), typed);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(output), Files.readString(errors));
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
