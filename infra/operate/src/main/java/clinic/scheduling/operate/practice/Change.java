package clinic.scheduling.operate.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One difference between two practice documents.
 *
 * @param path where it is, for example {@code /practitioners/ingrid-testwell/name}: an item of a
 *     list is named by its {@code id} if it has one, else by its place
 * @param before empty if the value is new
 * @param after empty if the value is gone
 */
record Change(String path, Optional<JsonNode> before, Optional<JsonNode> after) {

  /** All differences. A text that is not JSON differs as a whole. */
  static List<Change> between(String before, String after) {
    List<Change> changes = new ArrayList<>();
    compare("", parsed(before), parsed(after), changes);
    return changes;
  }

  private static Optional<JsonNode> parsed(String json) {
    try {
      return Optional.of(new ObjectMapper().readTree(json)).filter(it -> !it.isMissingNode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void compare(
      String path, Optional<JsonNode> before, Optional<JsonNode> after, List<Change> changes) {
    if (before.equals(after)) {
      return;
    }
    Optional<Map<String, JsonNode>> old = before.flatMap(Change::children);
    Optional<Map<String, JsonNode>> young = after.flatMap(Change::children);
    if (old.isEmpty() || young.isEmpty()) {
      changes.add(new Change(path, before, after));
      return;
    }
    Set<String> names = new LinkedHashSet<>(old.get().keySet());
    names.addAll(young.get().keySet());
    int found = changes.size();
    for (String name : names) {
      compare(
          path + "/" + name,
          Optional.ofNullable(old.get().get(name)),
          Optional.ofNullable(young.get().get(name)),
          changes);
    }
    if (changes.size() == found) {
      // The same items in another order.
      changes.add(new Change(path, before, after));
    }
  }

  /** The values in an object or a list, by their names; empty for any other value. */
  private static Optional<Map<String, JsonNode>> children(JsonNode node) {
    Map<String, JsonNode> children = new LinkedHashMap<>();
    if (node.isObject()) {
      node.properties().forEach(one -> children.put(one.getKey(), one.getValue()));
      return Optional.of(children);
    }
    if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isObject)) {
      return Optional.empty();
    }
    node.forEach(
        item -> {
          String id = item.path("id").asText();
          boolean named = !id.isEmpty() && !children.containsKey(id);
          children.put(named ? id : Integer.toString(children.size()), item);
        });
    return Optional.of(children);
  }

  String text() {
    if (path.isEmpty()) {
      return (before.isEmpty() ? "+" : "~") + " (document)";
    }
    if (before.isEmpty()) {
      return "+ " + path + " " + after.map(JsonNode::toString).orElse("");
    }
    if (after.isEmpty()) {
      return "- " + path + " " + before.get();
    }
    return "~ " + path + " " + before.get() + " -> " + after.get();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("path", path);
    before.ifPresent(value -> json.set("before", value));
    after.ifPresent(value -> json.set("after", value));
    return json;
  }
}
