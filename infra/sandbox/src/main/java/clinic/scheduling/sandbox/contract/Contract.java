package clinic.scheduling.sandbox.contract;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schemas of one published API description. They are applied more strictly than the service
 * does: a member that the description does not have is an error, except an OData annotation.
 *
 * <p>It supports the parts of OpenAPI 3.0 and of Google's discovery format that the two
 * descriptions under {@code contracts/} use.
 */
public final class Contract {
  private final JsonNode schemas;

  private Contract(JsonNode schemas) {
    this.schemas = schemas;
  }

  public static Contract microsoftGraph() {
    return new Contract(Json.resource(GraphDescription.FILE).path("components").path("schemas"));
  }

  public static Contract googleCalendar() {
    return new Contract(Json.resource(GoogleDescription.FILE).get("schemas"));
  }

  /** The errors of a body, one sentence for each place. */
  public List<String> problems(String schema, JsonNode body) {
    List<String> problems = new ArrayList<>();
    check(named(schema), body, "", problems);
    return problems;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (schema.has("$ref")) {
      check(named(schema.get("$ref").asText()), value, at, problems);
    } else if (schema.has("anyOf")) {
      checkNullable(schema.get("anyOf"), value, at, problems);
    } else if (value.isNull()) {
      if (schema.path("nullable").isBoolean() && !schema.path("nullable").asBoolean()) {
        problems.add(at + " must not be null");
      }
    } else if (schema.has("allOf") || schema.has("properties")) {
      checkObject(schema, value, at, problems);
    } else {
      checkPlain(schema, value, at, problems);
    }
  }

  /** In both descriptions {@code anyOf} always means "this type, or null". */
  private void checkNullable(JsonNode either, JsonNode value, String at, List<String> problems) {
    if (!value.isNull()) {
      check(either.get(0), value, at, problems);
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (!value.isObject()) {
      problems.add(at + " must be an object");
      return;
    }
    Map<String, JsonNode> members = new TreeMap<>();
    collect(schema, members);
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
      JsonNode type = members.get(member.getKey());
      if (type != null) {
        check(type, member.getValue(), name, problems);
      } else if (!isAnnotation(member.getKey())) {
        problems.add(name + " is not a property of this type");
      }
    }
  }

  /** {@code @removed} marks what a delta query no longer shows (Graph's delta query overview). */
  private static boolean isAnnotation(String member) {
    return member.contains("@odata.") || member.equals("@removed");
  }

  private void collect(JsonNode schema, Map<String, JsonNode> members) {
    JsonNode resolved = schema.has("$ref") ? named(schema.get("$ref").asText()) : schema;
    resolved.path("allOf").forEach(part -> collect(part, members));
    resolved.path("properties").properties().forEach(p -> members.put(p.getKey(), p.getValue()));
  }

  private void checkPlain(JsonNode schema, JsonNode value, String at, List<String> problems) {
    switch (schema.path("type").asText("any")) {
      case "object" -> checkMap(schema, value, at, problems);
      case "array" -> checkArray(schema, value, at, problems);
      case "string" -> ScalarChecks.string(schema, value, at, problems);
      case "boolean" -> ScalarChecks.bool(value, at, problems);
      case "integer", "number" -> ScalarChecks.number(schema, value, at, problems);
      default -> {}
    }
  }

  private void checkMap(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (!value.isObject()) {
      problems.add(at + " must be an object");
    } else if (schema.path("additionalProperties").isObject()) {
      JsonNode type = schema.get("additionalProperties");
      value.properties().forEach(m -> check(type, m.getValue(), at + "." + m.getKey(), problems));
    }
  }

  private void checkArray(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (!value.isArray()) {
      problems.add(at + " must be an array");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      check(schema.path("items"), value.get(i), at + "[" + i + "]", problems);
    }
  }

  private JsonNode named(String reference) {
    JsonNode schema = schemas.get(reference.substring(reference.lastIndexOf('/') + 1));
    if (schema == null) {
      throw new IllegalArgumentException("no schema " + reference);
    }
    return schema;
  }
}
