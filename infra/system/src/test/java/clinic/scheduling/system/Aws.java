package clinic.scheduling.system;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the whole table, as an operator with full rights can. */
record Aws(EmbeddedAws stores) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PAGES = 100;

  /** All rows of the table with their keys and fields, as DynamoDB writes them. */
  String table() throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder();
    for (JsonNode page : pages()) {
      all.append(page);
    }
    return all.toString();
  }

  /** Puts a practice document, as docs/deploy.md says. */
  void putPractice(String key, String json) throws IOException, InterruptedException {
    ObjectNode put = JSON.createObjectNode().put("TableName", "Table");
    ObjectNode item = put.putObject("Item");
    item.putObject("pk").put("S", "practice#" + key);
    item.putObject("sk").put("S", "document");
    item.putObject("version").put("N", "1");
    item.putObject("expires").put("N", "4102444800");
    item.putObject("fields").putObject("M").putObject("json").put("S", json);
    call(stores.dynamodb(), "DynamoDB_20120810.PutItem", put);
  }

  /** The holds of a clinician. */
  List<Held> held(String practitioner) throws IOException, InterruptedException {
    List<Held> held = new ArrayList<>();
    for (JsonNode page : pages()) {
      for (JsonNode row : page) {
        if (row.at("/pk/S").asText().equals("hold#" + practitioner)) {
          row.at("/fields/M")
              .properties()
              .forEach(hold -> held.add(Held.of(hold.getKey(), hold.getValue())));
        }
      }
    }
    return held;
  }

  /** One hold. */
  record Held(String owner, Instant start, Instant end, Instant until) {
    private static Held of(String owner, JsonNode value) {
      String[] parts = value.path("S").asText().split(" ", -1);
      return new Held(
          owner, Instant.parse(parts[0]), Instant.parse(parts[1]), Instant.parse(parts[2]));
    }
  }

  private List<JsonNode> pages() throws IOException, InterruptedException {
    List<JsonNode> pages = new ArrayList<>();
    ObjectNode scan = JSON.createObjectNode().put("TableName", "Table");
    while (pages.size() < MOST_PAGES) {
      JsonNode answer = call(stores.dynamodb(), "DynamoDB_20120810.Scan", scan);
      pages.add(answer.path("Items"));
      if (!answer.has("LastEvaluatedKey")) {
        return pages;
      }
      scan.set("ExclusiveStartKey", answer.get("LastEvaluatedKey"));
    }
    throw new IOException("the table has more than " + MOST_PAGES + " pages");
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
