package clinic.scheduling.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Reads a JSON object from outside. No method throws. For a wrong, missing or unknown field, an
 * error with the name of the field is recorded. The method that reads a wrong or missing field
 * returns a placeholder value. The caller checks at the end whether there were errors. Error
 * messages describe the allowed form and never repeat the value.
 */
public final class Fields {
  private static final String BLANK = " \t\r\n";
  private static final String UNKNOWN = "is not a known field";

  private final JsonNode node;
  private final String path;
  private final List<FieldError> errors;
  private final boolean emptyIsAbsent;
  private final Set<String> known = new HashSet<>();

  private Fields(JsonNode node, String path, List<FieldError> errors, boolean emptyIsAbsent) {
    this.node = node;
    this.path = path;
    this.errors = errors;
    this.emptyIsAbsent = emptyIsAbsent;
    if (!node.isObject() && !node.isMissingNode()) {
      errors.add(new FieldError(path.isEmpty() ? "body" : path, "must be an object"));
    }
  }

  /** Reads a document that people write by hand: {@code null} and empty texts are errors. */
  public static Fields of(JsonNode node, List<FieldError> errors) {
    return new Fields(node, "", errors, false);
  }

  /**
   * Reads what a web form sends. A field that the user left empty may arrive as {@code null} or as
   * a blank text. Such a field counts as absent.
   */
  public static Fields ofForm(JsonNode node, List<FieldError> errors) {
    return new Fields(node, "", errors, true);
  }

  /** A required text of 1 to {@code max} characters without control characters. */
  public String text(String name, int max) {
    return require(name) ? checkedText(name, max) : "";
  }

  /** An optional text of 1 to {@code max} characters without control characters. */
  public Optional<String> optionalText(String name, int max) {
    return has(name) ? Optional.of(checkedText(name, max)) : Optional.empty();
  }

  /** An optional text of 1 to {@code max} characters that may have several lines. */
  public Optional<String> optionalLines(String name, int max) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = node.get(name);
    if (!ValueRules.isMultilineText(value, max)) {
      wrong(name, ValueRules.text(max));
    }
    return Optional.of(value.isTextual() ? value.asText().strip() : "");
  }

  /** A required text that passes a check. */
  public String text(String name, int max, Predicate<String> check, String expected) {
    String text = text(name, max);
    return text.isEmpty() ? text : checked(name, node.get(name).asText(), check, expected);
  }

  public Optional<String> optionalText(
      String name, int max, Predicate<String> check, String expected) {
    return optionalText(name, max)
        .map(
            text ->
                text.isEmpty() ? text : checked(name, node.get(name).asText(), check, expected));
  }

  /** An optional whole number between two limits; {@code otherwise} if it is absent or wrong. */
  public int integer(String name, int min, int max, int otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = node.get(name);
    if (!ValueRules.isWhole(value, min, max)) {
      wrong(name, ValueRules.whole(min, max));
      return otherwise;
    }
    return value.asInt();
  }

  public boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    if (!node.get(name).isBoolean()) {
      wrong(name, "must be true or false");
      return otherwise;
    }
    return node.get(name).asBoolean();
  }

  /** A required true or false. */
  public boolean requiredFlag(String name) {
    return require(name) && flag(name, false);
  }

  /**
   * Reads a required object. If the object is absent, the object and all its required fields are
   * recorded as missing.
   */
  public <T> T object(String name, Function<Fields, T> read) {
    return read.apply(child(name, require(name) ? node.get(name) : MissingNode.getInstance()));
  }

  /**
   * An optional object. In a form, an object whose fields were all left empty counts as absent, but
   * its unknown fields are errors all the same.
   */
  public <T> Optional<T> optionalObject(String name, Function<Fields, T> read) {
    if (!has(name)) {
      return Optional.empty();
    }
    boolean absent = emptyIsAbsent && isObjectOfEmpty(node.get(name));
    List<FieldError> inside = new ArrayList<>();
    T value = read.apply(new Fields(node.get(name), at(name), inside, emptyIsAbsent));
    inside.stream()
        .filter(error -> !absent || error.message().equals(UNKNOWN))
        .forEach(errors::add);
    return absent ? Optional.empty() : Optional.of(value);
  }

  /** A list of objects with at least {@code min} and at most {@code max} items. */
  public <T> List<T> objects(String name, int min, int max, Function<Fields, T> read) {
    List<T> values = new ArrayList<>();
    JsonNode items = list(name, min, max);
    IntStream.range(0, items.size())
        .forEach(i -> values.add(read.apply(child(name + "[" + i + "]", items.get(i)))));
    return List.copyOf(values);
  }

  /** A list like that of {@link #objects}; empty if the field is absent. */
  public <T> Optional<List<T>> optionalObjects(
      String name, int min, int max, Function<Fields, T> read) {
    return has(name) ? Optional.of(objects(name, min, max, read)) : Optional.empty();
  }

  /** The names of all fields in the object, known or not. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** A list of texts that pass the check. */
  public List<String> texts(
      String name, int min, int max, Predicate<String> check, String expected) {
    List<String> values = new ArrayList<>();
    JsonNode items = list(name, min, max);
    for (int i = 0; i < items.size(); i++) {
      String item = name + "[" + i + "]";
      if (!items.get(i).isTextual()) {
        wrong(item, "must be a text");
      } else {
        values.add(checked(item, items.get(i).asText(), check, expected));
      }
    }
    return List.copyOf(values);
  }

  public List<Integer> integers(String name, int minItems, int maxItems, int min, int max) {
    List<Integer> values = new ArrayList<>();
    JsonNode items = list(name, minItems, maxItems);
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      if (!ValueRules.isWhole(item, min, max)) {
        wrong(name + "[" + i + "]", ValueRules.whole(min, max));
      } else {
        values.add(item.asInt());
      }
    }
    return List.copyOf(values);
  }

  /** Records an error that the caller found. */
  public void wrong(String name, String message) {
    errors.add(new FieldError(at(name), message));
  }

  /** Records an error for each field that no method has read. Call this last. */
  public void end() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                wrong(FieldError.safeName(name), UNKNOWN);
              }
            });
  }

  private JsonNode list(String name, int min, int max) {
    if (min > 0 ? !require(name) : !has(name)) {
      return MissingNode.getInstance();
    }
    JsonNode items = node.get(name);
    if (!items.isArray() || items.size() < min || items.size() > max) {
      wrong(name, "must be a list of " + min + " to " + max + " items");
      return MissingNode.getInstance();
    }
    return items;
  }

  private String checkedText(String name, int max) {
    JsonNode value = node.get(name);
    if (!ValueRules.isText(value, max)) {
      wrong(name, ValueRules.text(max));
      return "";
    }
    return value.asText().strip();
  }

  private String checked(String name, String text, Predicate<String> check, String expected) {
    if (!check.test(text)) {
      wrong(name, expected);
    }
    return text;
  }

  private boolean require(String name) {
    if (has(name) && node.hasNonNull(name)) {
      return true;
    }
    wrong(name, "is missing");
    return false;
  }

  /** Whether the object has a field with this name. Also records the name as known. */
  private boolean has(String name) {
    known.add(name);
    return node.has(name) && !(emptyIsAbsent && isEmpty(node.get(name)));
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isTextual() && isBlank(value.asText()));
  }

  private static boolean isObjectOfEmpty(JsonNode value) {
    return value.isObject()
        && StreamSupport.stream(value.spliterator(), false).allMatch(Fields::isEmpty);
  }

  /** Whether a text is blank, as a form sends it for a field that was left empty. */
  public static boolean isBlank(String text) {
    return text.chars().allMatch(it -> BLANK.indexOf(it) >= 0);
  }

  private Fields child(String name, JsonNode value) {
    return new Fields(value, at(name), errors, emptyIsAbsent);
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
