package clinic.scheduling.local.stores;

import clinic.scheduling.local.template.Deployment.QueueSpec;
import clinic.scheduling.local.template.Deployment.TableSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * SQS and DynamoDB inside this process, on free ports, empty at the start. Any AWS client reaches
 * them by {@code AWS_ENDPOINT_URL_SQS} and {@code AWS_ENDPOINT_URL_DYNAMODB} with any credentials.
 */
public final class EmbeddedAws implements AutoCloseable {
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "000000000000";

  private final QueueServer queueServer;
  private final TableServer tableServer;
  private final Queues queues;

  private EmbeddedAws(QueueServer queueServer, TableServer tableServer) {
    this.queueServer = queueServer;
    this.tableServer = tableServer;
    this.queues = new Queues(queueServer.url(), ACCOUNT);
  }

  /** Starts both in memory. */
  public static EmbeddedAws start() throws IOException {
    return start(Clock.systemUTC(), Optional.empty());
  }

  /**
   * Starts both.
   *
   * @param files the folder in which tables survive a restart; empty for memory. Queues never
   *     survive a restart.
   */
  public static EmbeddedAws start(Clock clock, Optional<Path> files) throws IOException {
    QueueServer queues = QueueServer.start(clock, REGION, ACCOUNT);
    try {
      return new EmbeddedAws(queues, TableServer.start(files));
    } catch (IOException e) {
      queues.close();
      throw e;
    }
  }

  public URI sqs() {
    return queueServer.url();
  }

  public URI dynamodb() {
    return tableServer.url();
  }

  public Queues queues() {
    return queues;
  }

  /** Creates the queues, dead-letter queues first. */
  public void createQueues(List<QueueSpec> specs) throws IOException, InterruptedException {
    List<QueueSpec> ordered = new ArrayList<>(specs);
    ordered.sort(Comparator.comparing(spec -> spec.deadLetters().isPresent()));
    for (QueueSpec spec : ordered) {
      queues.create(spec.name(), spec.attributes());
    }
  }

  /** Creates a table unless it exists. */
  public void createTable(TableSpec table) throws IOException, InterruptedException {
    tableServer.create(table);
  }

  /** The rows of one partition of a table, as DynamoDB returns them. */
  public List<JsonNode> rows(String table, String partition)
      throws IOException, InterruptedException {
    return tableServer.rows(table, partition);
  }

  /**
   * The messages that are in a queue now, in order of arrival. Nothing is received by this call.
   */
  public List<QueuedMessage> messages(String queue) {
    return queueServer.mirror().messages(queue);
  }

  /** Passes the body of every later message in any queue to a consumer. */
  public void watch(Consumer<String> watcher) {
    queueServer.mirror().watch(watcher);
  }

  @Override
  public void close() {
    try (queueServer) {
      tableServer.close();
    }
  }
}
