package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A single value: what it must be, and the issue if it is not. */
record Scalar(Predicate<JsonNode> fits, Issue otherwise) implements Shape {
  static final Scalar TEXT =
      new Scalar(JsonNode::isTextual, value("string", "Input should be a valid string"));
  static final Scalar FLAG =
      new Scalar(JsonNode::isBoolean, value("bool_type", "Input should be a valid boolean"));
  static final Scalar WHOLE =
      new Scalar(JsonNode::isIntegralNumber, value("int_type", "Input should be a valid integer"));

  /** A point in time with a zone; seconds may be left out. */
  static final Scalar INSTANT =
      new Scalar(
          node -> node.isTextual() && FhirTime.isInstant(node.textValue()),
          new Issue("structure", "Input should be a valid datetime (type=datetime_parsing)"));

  static final Scalar DATE =
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
