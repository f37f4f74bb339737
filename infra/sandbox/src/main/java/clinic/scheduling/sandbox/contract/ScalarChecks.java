package clinic.scheduling.sandbox.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Checks of strings, numbers and booleans. */
final class ScalarChecks {
  private ScalarChecks() {}

  static void string(JsonNode schema, JsonNode value, String at, List<String> problems) {
    if (!value.isTextual()) {
      problems.add(at + " must be a string");
    } else if (schema.has("enum") && !oneOf(schema.get("enum"), value)) {
      problems.add(at + " must be one of " + schema.get("enum"));
    } else if (!hasFormat(schema.path("format").asText(), value.asText())) {
      problems.add(at + " must be a " + schema.get("format").asText());
    }
  }

  static void bool(JsonNode value, String at, List<String> problems) {
    if (!value.isBoolean()) {
      problems.add(at + " must be true or false");
    }
  }

  static void number(JsonNode schema, JsonNode value, String at, List<String> problems) {
    boolean integer = schema.path("type").asText().equals("integer");
    if (integer ? !value.isIntegralNumber() : !value.isNumber()) {
      problems.add(at + (integer ? " must be a whole number" : " must be a number"));
    } else if (schema.path("format").asText().equals("int32") && !value.canConvertToInt()) {
      problems.add(at + " is out of range");
    }
  }

  private static boolean oneOf(JsonNode values, JsonNode value) {
    for (JsonNode one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** A date-time may lack its offset: both services then use the time zone in a separate member. */
  private static boolean hasFormat(String format, String text) {
    try {
      switch (format) {
        case "date-time" -> DateTimeFormatter.ISO_DATE_TIME.parse(text);
        case "date" -> LocalDate.parse(text);
        default -> {}
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
