package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;

/** The toggles in the control interface. */
final class TogglesJson {
  private TogglesJson() {}

  static ObjectNode listed(Toggles toggles) {
    ObjectNode all = Json.object();
    for (Toggle toggle : Toggle.values()) {
      ObjectNode one = all.putObject(toggle.key());
      one.set("value", Json.MAPPER.valueToTree(toggles.get(toggle)));
      one.put("description", toggle.description());
      ArrayNode choices = Json.array();
      toggle.choices().forEach(choices::add);
      if (!choices.isEmpty()) {
        one.set("choices", choices);
      }
    }
    return all;
  }

  /** Changes all toggles that are named, or none if one of them is invalid. */
  static void change(Toggles toggles, ObjectNode wanted) {
    Map<Toggle, Object> values = new EnumMap<>(Toggle.class);
    for (Map.Entry<String, JsonNode> field : wanted.properties()) {
      Toggle toggle =
          Toggle.named(field.getKey())
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no toggle " + field.getKey()));
      Object value = value(field.getValue());
      toggle
          .complaint(value)
          .ifPresent(
              complaint -> {
                throw new IllegalArgumentException(complaint);
              });
      values.put(toggle, value);
    }
    values.forEach(toggles::set);
  }

  private static Object value(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    return node.isInt() ? (Object) node.intValue() : node.asText();
  }
}
