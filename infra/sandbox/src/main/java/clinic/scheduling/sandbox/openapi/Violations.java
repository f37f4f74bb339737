package clinic.scheduling.sandbox.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Collects all violations of the contract by one exchange. */
final class Violations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

  private final Schemas schemas;
  private final List<String> found = new ArrayList<>();

  Violations(Schemas schemas) {
    this.schemas = schemas;
  }

  void add(String violation) {
    found.add(violation);
  }

  void checkJson(String what, JsonNode schema, String text) {
    try {
      JsonNode value = JSON.readTree(text);
      if (value.isMissingNode()) {
        add(what + " is empty");
      } else {
        check(what, schema, value);
      }
    } catch (JsonProcessingException e) {
      add(what + " is not JSON");
    }
  }

  /** Checks a value in text form: a parameter, a header or a body that is not JSON. */
  void checkText(String what, JsonNode schema, String text) {
    boolean number = mayBeWhole(schema) && WHOLE_NUMBER.matcher(text).matches();
    check(
        what,
        schema,
        number
            ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
            : TextNode.valueOf(text));
  }

  private static boolean mayBeWhole(JsonNode schema) {
    return schema.path("type").asText().equals("integer")
        || StreamSupport.stream(schema.path("anyOf").spliterator(), false)
            .anyMatch(Violations::mayBeWhole);
  }

  private void check(String what, JsonNode schema, JsonNode value) {
    schemas.violations(schema, value).forEach(violation -> add(what + " " + violation));
  }

  void throwIfAny(Exchange exchange) {
    if (!found.isEmpty()) {
      throw new AssertionError(
          exchange + " breaks infra/openapi.yaml:\n  " + String.join("\n  ", found));
    }
  }
}
