package clinic.scheduling.sandbox.canvas.faults;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Corrupts the body of a successful reply and keeps its status 200. An error reply stays as it is.
 */
record CorruptedReply(Call call, Reply right) {

  /** Damages the first entry. An empty search result gets one damaged entry. */
  Reply withDamagedEntry() throws JsonProcessingException {
    return changed(
        body -> {
          if (!isBundle(body)) {
            UnrelatedEntry.damage(body);
          } else if (body.path("entry").isEmpty()) {
            add(body, UnrelatedEntry.damage(UnrelatedEntry.like(body, call)));
          } else {
            UnrelatedEntry.damage((ObjectNode) body.path("entry").path(0).path("resource"));
          }
        });
  }

  /** Adds an entry that belongs to somebody else. */
  Reply withForeignEntry() throws JsonProcessingException {
    return changedBundle(
        body -> add(body, UnrelatedEntry.foreign(UnrelatedEntry.like(body, call))));
  }

  /** Adds an entry that matches except that it lies years after the requested time. */
  Reply withEntryOutside() throws JsonProcessingException {
    return changedBundle(
        body ->
            UnrelatedEntry.outside(UnrelatedEntry.like(body, call))
                .ifPresent(entry -> add(body, entry)));
  }

  /** Links each page to itself as the next page. */
  Reply withEndlessPages() throws JsonProcessingException {
    String query = call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery();
    return changedBundle(
        body -> {
          ArrayNode links = Json.array();
          for (JsonNode link : body.path("link")) {
            if (!link.path("relation").asText().equals("next")) {
              links.add(link);
            }
          }
          links.addObject().put("relation", "next").put("url", call.rawPath() + query);
          body.set("link", links);
        });
  }

  Reply withoutBody() {
    return right.status() == 200 ? Reply.empty(200) : right;
  }

  /** Sends half of the body with the Content-Length of that half. */
  Reply truncated() {
    byte[] half = Arrays.copyOf(right.body(), right.body().length / 2);
    return right.status() == 200 ? new Reply(200, right.headers(), half) : right;
  }

  private Reply changedBundle(Consumer<ObjectNode> change) throws JsonProcessingException {
    return changed(
        body -> {
          if (isBundle(body)) {
            change.accept(body);
          }
        });
  }

  private Reply changed(Consumer<ObjectNode> change) throws JsonProcessingException {
    String text = new String(right.body(), StandardCharsets.UTF_8);
    if (right.status() != 200 || !text.startsWith("{")) {
      return right;
    }
    ObjectNode body = Json.parse(text);
    change.accept(body);
    return new Reply(200, right.headers(), Json.write(body).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isBundle(ObjectNode body) {
    return body.path("resourceType").asText().equals("Bundle");
  }

  private static void add(ObjectNode bundle, ObjectNode resource) {
    bundle.withArray("/entry").addObject().set("resource", resource);
    bundle.put("total", bundle.path("total").asInt() + 1);
  }
}
