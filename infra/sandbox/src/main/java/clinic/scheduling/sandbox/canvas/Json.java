package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Reads and writes JSON. Unknown and repeated names are errors. */
public final class Json {
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  public static ObjectNode parse(String text) throws JsonProcessingException {
    if (MAPPER.readTree(text) instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("the body must be a JSON object");
  }

  public static String write(JsonNode node) {
    return node.toString();
  }

  /** The text of a field, empty if it is absent, null or not text. */
  public static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue());
  }

  /** Whether a field has a value. FHIR clients may send null for no value. */
  public static boolean has(JsonNode node, String field) {
    return !node.path(field).isMissingNode() && !node.path(field).isNull();
  }

  public static ObjectNode reference(String type, String id) {
    return object().put("reference", type + "/" + id).put("type", type);
  }
}
