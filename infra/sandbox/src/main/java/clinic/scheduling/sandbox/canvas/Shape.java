package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a body may hold. Unknown fields and empty strings are faults, null is the same as absent;
 * the texts and codes are those of the framework behind Canvas.
 */
sealed interface Shape {

  /** Anything without empty strings. */
  record Anything() implements Shape {}

  /** Text, of a fixed choice if {@code choices} is not empty. */
  record Text(Set<String> choices) implements Shape {}

  record Flag() implements Shape {}

  record Whole() implements Shape {}

  /** A point in time with a zone; seconds may be left out. */
  record Instant() implements Shape {}

  record Date() implements Shape {}

  record ListOf(Shape item) implements Shape {}

  record Fields(Map<String, Shape> known, Set<String> required) implements Shape {
    Fields with(String field, Shape shape) {
      Map<String, Shape> more = new LinkedHashMap<>(known);
      more.put(field, shape);
      return new Fields(more, required);
    }

    Fields requiring(String... names) {
      return new Fields(known, Set.of(names));
    }

    /** Fields that FHIR knows and Canvas does not look into. */
    Fields also(String... names) {
      Fields more = this;
      for (String name : names) {
        more = more.with(name, new Anything());
      }
      return more;
    }
  }

  static Fields fields() {
    return new Fields(Map.of(), Set.of());
  }

  static Text text(String... choices) {
    return new Text(Set.of(choices));
  }

  static ListOf listOf(Shape item) {
    return new ListOf(item);
  }

  default List<Issue> faults(JsonNode body) {
    List<Issue> issues = new ArrayList<>();
    check(body, "body", issues);
    return issues;
  }

  private void check(JsonNode node, String path, List<Issue> issues) {
    if (node.isTextual() && node.textValue().isEmpty()) {
      issues.add(
          new Issue(
              "invalid",
              path + " — String should have at least 1 character (type=string_too_short)"));
      return;
    }
    if (this instanceof Fields fields) {
      object(fields, node, path, issues);
    } else if (this instanceof ListOf list) {
      list(list.item(), node, path, issues);
    } else if (this instanceof Text text) {
      boolean fits =
          node.isTextual()
              && (text.choices().isEmpty() || text.choices().contains(node.textValue()));
      expect(fits, "value", "Input should be a valid value (type=enum)", path, issues);
    } else if (this instanceof Flag) {
      expect(
          node.isBoolean(),
          "value",
          "Input should be a valid boolean (type=bool_type)",
          path,
          issues);
    } else if (this instanceof Whole) {
      expect(
          node.isIntegralNumber(),
          "value",
          "Input should be a valid integer (type=int_type)",
          path,
          issues);
    } else if (this instanceof Instant) {
      expect(
          node.isTextual() && FhirTime.isInstant(node.textValue()),
          "structure",
          "Input should be a valid datetime (type=datetime_parsing)",
          path,
          issues);
    } else if (this instanceof Date) {
      expect(
          node.isTextual() && isDate(node.textValue()),
          "structure",
          "Input should be a valid date (type=date_parsing)",
          path,
          issues);
    } else {
      children(node, path, issues);
    }
  }

  private static void expect(
      boolean holds, String code, String text, String path, List<Issue> issues) {
    if (!holds) {
      issues.add(new Issue(code, path + " — " + text));
    }
  }

  private static void object(Fields fields, JsonNode node, String path, List<Issue> issues) {
    if (!node.isObject()) {
      expect(false, "value", "Input should be an object (type=model_type)", path, issues);
      return;
    }
    for (String name : fields.required()) {
      expect(
          Json.has(node, name),
          "required",
          "Field required (type=missing)",
          path + " -> " + name,
          issues);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String below = path + " -> " + field.getKey();
      Shape shape = fields.known().get(field.getKey());
      if (shape == null) {
        expect(
            false,
            "structure",
            "Extra inputs are not permitted (type=extra_forbidden)",
            below,
            issues);
      } else if (!field.getValue().isNull()) {
        shape.check(field.getValue(), below, issues);
      }
    }
  }

  private static void list(Shape item, JsonNode node, String path, List<Issue> issues) {
    expect(node.isArray(), "value", "Input should be a valid list (type=list_type)", path, issues);
    for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
      item.check(node.get(i), path + " -> " + i, issues);
    }
  }

  private static void children(JsonNode node, String path, List<Issue> issues) {
    for (JsonNode child : node) {
      Shape anything = new Anything();
      anything.check(child, path, issues);
    }
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
