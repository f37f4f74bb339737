package clinic.scheduling.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Checks of values, and the messages that describe what is allowed. */
final class ValueRules {
  // A character of category Cs is half of a surrogate pair, which cannot be encoded.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");
  private static final Pattern CONTROL_BUT_LINES =
      Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]");

  private ValueRules() {}

  /** A text of 1 to {@code max} characters (code points, as in JSON Schema) on one line. */
  static boolean isText(JsonNode value, int max) {
    return isTextWithout(CONTROL, value, max);
  }

  /** A text of 1 to {@code max} characters that may have several lines. */
  static boolean isMultilineText(JsonNode value, int max) {
    return isTextWithout(CONTROL_BUT_LINES, value, max);
  }

  static String text(int max) {
    return "must be a text of 1 to " + max + " characters without control characters";
  }

  static boolean isWhole(JsonNode value, int min, int max) {
    return value.isIntegralNumber()
        && value.canConvertToInt()
        && value.asInt() >= min
        && value.asInt() <= max;
  }

  static String whole(int min, int max) {
    return "must be a whole number from " + min + " to " + max;
  }

  private static boolean isTextWithout(Pattern forbidden, JsonNode value, int max) {
    return value.isTextual()
        && !value.asText().isBlank()
        && value.asText().codePointCount(0, value.asText().length()) <= max
        && !forbidden.matcher(value.asText()).find();
  }
}
