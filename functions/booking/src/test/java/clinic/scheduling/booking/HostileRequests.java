package clinic.scheduling.booking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Breaks JSON bodies in as many ways as strangers might. */
final class HostileRequests {
  /** A mark that is part of every invented value. It must not appear in any answer or log line. */
  static final String CANARY = "Qanary";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          CANARY,
          " " + CANARY + " ",
          CANARY + "\u0000",
          CANARY + "\n\r\t",
          CANARY + "\u0085\u2028",
          CANARY + "\ud800",
          "\udc00\ud800" + CANARY,
          "\ufeff" + CANARY,
          "\u202e" + CANARY,
          "李 " + CANARY,
          "Ольга" + CANARY,
          "محمد " + CANARY,
          "O'Brien-" + CANARY,
          "\ud83d\ude00" + CANARY,
          "e\u0301".repeat(40),
          "\uffff\ufffe" + CANARY,
          "<script>" + CANARY + "</script>",
          "' OR 1=1 --" + CANARY,
          "${jndi:ldap://" + CANARY + "}",
          "../../" + CANARY,
          CANARY.repeat(17),
          CANARY.repeat(400),
          " CA",
          "CA ",
          "ca",
          "+15555550145 ",
          " +15555550145",
          "+１５５５５５５０１４５",
          "+0555555014",
          "2024-02-30",
          "1985-7-9",
          "+1985-07-0",
          "0000-01-01",
          "９９９９-01-01",
          "9999-12-31",
          CANARY + "@example.invalid ",
          CANARY + "@-example..invalid",
          CANARY + "@例え.invalid",
          "a@b@" + CANARY,
          "EST5EDT",
          "GMT0",
          "America/Los_Angeles ",
          "en-",
          "FU ",
          "fu");
  private static final List<String> BITS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\\",
          "\\u0000",
          "\\ud800",
          "\u0000",
          "\n",
          "/*x*/",
          "//",
          "'",
          "NaN",
          "-",
          "0",
          "1e999",
          "null",
          "true",
          "é",
          "\ud83d\ude00");
  private static final List<String> WHOLE =
      List.of(
          "",
          " ",
          "null",
          "1",
          "\"" + CANARY + "\"",
          "[]",
          "{}",
          "{}{}",
          "[{}]",
          "{\"" + "a".repeat(30_000) + "\":1}",
          "[".repeat(8_000),
          "{\"slot\":".repeat(1_500),
          "{\"reason\":" + "[".repeat(400) + "]".repeat(400) + "}",
          "\ufeff{}",
          "<xml/>",
          "slot=" + CANARY);

  private final Random random;

  HostileRequests(Random random) {
    this.random = random;
  }

  /** The same body with something wrong; now and then it is still valid. */
  String body(String good) {
    String bad = good;
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      bad =
          switch (random.nextInt(10)) {
            case 0 -> WHOLE.get(random.nextInt(WHOLE.size()));
            case 1, 2 -> spliced(bad);
            default -> changed(bad);
          };
    }
    return bad;
  }

  <T> T oneOf(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private String spliced(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(4));
    return text.substring(0, from) + oneOf(BITS) + text.substring(to);
  }

  /** Replaces, removes or duplicates one value anywhere, or adds an unknown field. */
  private String changed(String text) {
    JsonNode root = parsed(text);
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    if (objects.isEmpty()) {
      return text;
    }
    ObjectNode object = oneOf(objects);
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() ? "slot" : oneOf(names);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(oneOf(List.of("extra", "id", "", "a b", "Slot", "__proto__")), value());
      case 2 -> {
        String twice = "\"" + name + "\":";
        return root.toString().replace(twice, twice + "1," + twice);
      }
      default -> object.set(name, value());
    }
    return root.toString();
  }

  private JsonNode value() {
    return switch (random.nextInt(14)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.numberNode(new BigInteger("9".repeat(400)));
      case 2 -> NODES.numberNode(new BigDecimal("1e400"));
      case 3 -> NODES.booleanNode(random.nextBoolean());
      case 4 -> NODES.arrayNode().add(CANARY);
      case 5 -> NODES.objectNode().put("given", CANARY);
      case 6 -> nested(5 + random.nextInt(600));
      case 7 -> NODES.numberNode(random.nextLong());
      default -> NODES.textNode(oneOf(TEXTS));
    };
  }

  private static JsonNode nested(int depth) {
    ArrayNode outer = NODES.arrayNode();
    ArrayNode inner = outer;
    for (int i = 0; i < depth; i++) {
      inner = inner.addArray();
    }
    return outer;
  }

  private static void collect(JsonNode node, List<ObjectNode> found) {
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
    node.forEach(child -> collect(child, found));
  }

  private static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      return NODES.missingNode();
    }
  }

  /** Replaces each text of a body by each of the strange texts, and puts spaces around it. */
  static List<String> withStrangeTexts(String body) {
    List<String> bodies = new ArrayList<>();
    JsonNode root = parsed(body);
    List<ObjectNode> objects = new ArrayList<>();
    collect(root, objects);
    for (ObjectNode object : objects) {
      for (Map.Entry<String, JsonNode> field : Map.copyOf(fieldsOf(object)).entrySet()) {
        if (field.getValue().isTextual() && !field.getKey().equals("slot")) {
          String good = field.getValue().asText();
          Stream.concat(TEXTS.stream(), Stream.of(" " + good, good + " ", good + "\n"))
              .forEach(text -> bodies.add(with(root, object, field.getKey(), text)));
          object.put(field.getKey(), good);
        }
      }
    }
    return bodies;
  }

  private static Map<String, JsonNode> fieldsOf(ObjectNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String with(JsonNode root, ObjectNode object, String name, String text) {
    object.put(name, text);
    return root.toString();
  }

  /**
   * The body with an additional field, once for each of its objects, beginning with the body
   * itself.
   */
  static List<String> withAField(String body, String name) {
    try {
      List<ObjectNode> objects = new ArrayList<>();
      JsonNode root = MAPPER.readTree(body);
      collect(root, objects);
      List<String> bodies = new ArrayList<>();
      for (ObjectNode object : objects) {
        object.put(name, "x");
        bodies.add(root.toString());
        object.remove(name);
      }
      return bodies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
