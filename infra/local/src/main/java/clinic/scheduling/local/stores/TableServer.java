package clinic.scheduling.local.stores;

import clinic.scheduling.local.template.Deployment.TableSpec;
import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DynamoDB on a free port: DynamoDB Local, in memory or in files. */
final class TableServer implements AutoCloseable {
  private final DynamoDBProxyServer server;
  private final URI url;
  private final AwsJson dynamodb;

  private TableServer(DynamoDBProxyServer server, URI url) {
    this.server = server;
    this.url = url;
    this.dynamodb = new AwsJson(url, "DynamoDB_20120810");
  }

  static TableServer start(Optional<Path> files) throws IOException {
    int port = freePort();
    List<String> arguments =
        new ArrayList<>(List.of("-port", "" + port, "-sharedDb", "-disableTelemetry"));
    if (files.isPresent()) {
      Files.createDirectories(files.get());
      arguments.addAll(List.of("-dbPath", files.get().toString()));
    } else {
      arguments.add("-inMemory");
    }
    try {
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(arguments.toArray(String[]::new));
      server.start();
      return new TableServer(server, URI.create("http://localhost:" + port));
    } catch (Exception e) {
      throw new IOException("DynamoDB Local does not start: " + e.getMessage(), e);
    }
  }

  URI url() {
    return url;
  }

  /** Creates the table unless it exists. */
  void create(TableSpec table) throws IOException, InterruptedException {
    ObjectNode request = AwsJson.JSON.createObjectNode();
    request.put("TableName", table.name()).put("BillingMode", "PAY_PER_REQUEST");
    ArrayNode attributes = request.putArray("AttributeDefinitions");
    ArrayNode schema = request.putArray("KeySchema");
    for (TableSpec.Key key : table.keys()) {
      attributes.addObject().put("AttributeName", key.name()).put("AttributeType", key.type());
      schema.addObject().put("AttributeName", key.name()).put("KeyType", key.role());
    }
    try {
      dynamodb.call("CreateTable", request);
    } catch (AwsErrorException e) {
      if (!e.type().equals("ResourceInUseException")) {
        throw e;
      }
      return;
    }
    if (table.expiryAttribute().isPresent()) {
      expire(table.name(), table.expiryAttribute().get());
    }
  }

  /** The rows of one partition, as DynamoDB returns them. */
  List<JsonNode> rows(String table, String partition) throws IOException, InterruptedException {
    ObjectNode request =
        AwsJson.JSON
            .createObjectNode()
            .put("TableName", table)
            .put("KeyConditionExpression", "pk = :pk");
    request.putObject("ExpressionAttributeValues").putObject(":pk").put("S", partition);
    List<JsonNode> rows = new ArrayList<>();
    dynamodb.call("Query", request).path("Items").forEach(rows::add);
    return List.copyOf(rows);
  }

  private void expire(String table, String attribute) throws IOException, InterruptedException {
    ObjectNode request = AwsJson.JSON.createObjectNode().put("TableName", table);
    request
        .putObject("TimeToLiveSpecification")
        .put("AttributeName", attribute)
        .put("Enabled", true);
    dynamodb.call("UpdateTimeToLive", request);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
