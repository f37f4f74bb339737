package clinic.scheduling.local.system;

import clinic.scheduling.local.stores.EmbeddedAws;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What an operator with full rights can do: read the whole table, change a queue. */
record Aws(EmbeddedAws stores) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PAGES = 100;

  /** All rows of the table with their keys and fields, as DynamoDB writes them. */
  String table() throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder();
    ObjectNode scan = JSON.createObjectNode().put("TableName", "Table");
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = call(stores.dynamodb(), "DynamoDB_20120810.Scan", scan);
      all.append(answer.path("Items"));
      if (!answer.has("LastEvaluatedKey")) {
        return all.toString();
      }
      scan.set("ExclusiveStartKey", answer.get("LastEvaluatedKey"));
    }
    throw new IOException("the table has more than " + MOST_PAGES + " pages");
  }

  /** How soon a message that failed comes again. */
  void visibility(String queue, int seconds) throws IOException, InterruptedException {
    ObjectNode change = JSON.createObjectNode().put("QueueUrl", stores.queues().url(queue));
    change.putObject("Attributes").put("VisibilityTimeout", String.valueOf(seconds));
    call(stores.sqs(), "AmazonSQS.SetQueueAttributes", change);
  }

  private static JsonNode call(URI endpoint, String target, ObjectNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(target + ": " + response.body());
    }
    return JSON.readTree(response.body().isBlank() ? "{}" : response.body());
  }
}
