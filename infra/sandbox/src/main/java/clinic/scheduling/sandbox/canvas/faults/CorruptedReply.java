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

/** A right answer made wrong with the status 200; what was no success stays as it is. */
record CorruptedReply(Call call, Reply right) {

  /** One entry, the first, is damaged; a search that found nothing finds a damaged one. */
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

  /** One entry more, that of somebody else. */
  Reply withForeignEntry() throws JsonProcessingException {
    return changedBundle(
        body -> add(body, UnrelatedEntry.foreign(UnrelatedEntry.like(body, call))));
  }

  /** One entry more, rightly somebody's but years after the time asked for. */
  Reply withEntryOutside() throws JsonProcessingException {
    return changedBundle(
        body ->
            UnrelatedEntry.outside(UnrelatedEntry.like(body, call))
                .ifPresent(entry -> add(body, entry)));
  }

  /** The next page is always this page. */
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

  /** Half of the bytes, announced as if they were all. */
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
