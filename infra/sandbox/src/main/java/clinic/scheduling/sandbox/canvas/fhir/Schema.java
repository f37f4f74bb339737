package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The structure that a body may have. Unknown fields and empty strings are errors; null means
 * absent. The texts and codes are those of Canvas's web framework.
 */
public sealed interface Schema {

  /** Adds an issue for each error in a node that is neither null nor an empty string. */
  void look(JsonNode node, String path, List<Issue> issues);

  default List<Issue> faults(JsonNode body) {
    List<Issue> issues = new ArrayList<>();
    check(body, "body", issues);
    return issues;
  }

  default void check(JsonNode node, String path, List<Issue> issues) {
    if (node.isTextual() && node.textValue().isEmpty()) {
      String text = " — String should have at least 1 character (type=string_too_short)";
      issues.add(new Issue("invalid", path + text));
    } else {
      look(node, path, issues);
    }
  }

  static Fields fields() {
    return new Fields(Map.of(), Set.of());
  }

  static Scalar text(String... choices) {
    return choices.length == 0 ? Scalar.TEXT : Scalar.oneOf(Set.of(choices));
  }

  static ListOf listOf(Schema item) {
    return new ListOf(item);
  }

  /** Any value without empty strings. */
  record Anything() implements Schema {
    @Override
    public void look(JsonNode node, String path, List<Issue> issues) {
      node.forEach(child -> check(child, path, issues));
    }
  }

  record ListOf(Schema item) implements Schema {
    @Override
    public void look(JsonNode node, String path, List<Issue> issues) {
      if (!node.isArray()) {
        issues.add(new Issue("value", path + " — Input should be a valid list (type=list_type)"));
      }
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        item.check(node.get(i), path + " -> " + i, issues);
      }
    }
  }

  /** An object with these fields and no others. */
  record Fields(Map<String, Schema> known, Set<String> required) implements Schema {
    public Fields with(String field, Schema shape) {
      Map<String, Schema> more = new LinkedHashMap<>(known);
      more.put(field, shape);
      return new Fields(more, required);
    }

    public Fields requiring(String... names) {
      return new Fields(known, Set.of(names));
    }

    /** Adds fields that FHIR defines and Canvas does not check. */
    public Fields also(String... names) {
      Fields more = this;
      for (String name : names) {
        more = more.with(name, new Anything());
      }
      return more;
    }

    @Override
    public void look(JsonNode node, String path, List<Issue> issues) {
      if (!node.isObject()) {
        issues.add(new Issue("value", path + " — Input should be an object (type=model_type)"));
        return;
      }
      required.stream()
          .filter(name -> !Json.has(node, name))
          .map(name -> path + " -> " + name + " — Field required (type=missing)")
          .forEach(text -> issues.add(new Issue("required", text)));
      node.properties().forEach(field -> field(field, path + " -> " + field.getKey(), issues));
    }

    private void field(Map.Entry<String, JsonNode> field, String path, List<Issue> issues) {
      Schema shape = known.get(field.getKey());
      if (shape == null) {
        String text = " — Extra inputs are not permitted (type=extra_forbidden)";
        issues.add(new Issue("structure", path + text));
      } else if (!field.getValue().isNull()) {
        shape.check(field.getValue(), path, issues);
      }
    }
  }

  /** A single value: its condition, and the issue if the condition does not hold. */
  record Scalar(Predicate<JsonNode> fits, Issue otherwise) implements Schema {
    static final Scalar TEXT =
        new Scalar(JsonNode::isTextual, value("string", "Input should be a valid string"));
    public static final Scalar FLAG =
        new Scalar(JsonNode::isBoolean, value("bool_type", "Input should be a valid boolean"));
    public static final Scalar WHOLE =
        new Scalar(
            JsonNode::isIntegralNumber, value("int_type", "Input should be a valid integer"));

    /** A time with an offset; seconds are optional. */
    public static final Scalar INSTANT =
        new Scalar(
            node -> node.isTextual() && FhirTime.isInstant(node.textValue()),
            new Issue("structure", "Input should be a valid datetime (type=datetime_parsing)"));

    public static final Scalar DATE =
        new Scalar(
            node -> node.isTextual() && isDate(node.textValue()),
            new Issue("structure", "Input should be a valid date (type=date_parsing)"));

    static Scalar oneOf(Set<String> choices) {
      return new Scalar(
          node -> node.isTextual() && choices.contains(node.textValue()),
          value("enum", "Input should be one of the values of its code system"));
    }

    @Override
    public void look(JsonNode node, String path, List<Issue> issues) {
      if (!fits.test(node)) {
        issues.add(new Issue(otherwise.code(), path + " — " + otherwise.text()));
      }
    }

    private static Issue value(String type, String text) {
      return new Issue("value", text + " (type=" + type + ")");
    }

    private static boolean isDate(String text) {
      try {
        return LocalDate.parse(text).getYear() > 0;
      } catch (DateTimeException e) {
        return false;
      }
    }
  }
}
