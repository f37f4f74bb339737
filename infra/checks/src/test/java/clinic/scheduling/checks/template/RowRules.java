package clinic.scheduling.checks.template;

import static clinic.scheduling.checks.template.Rule.that;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function can read and write only the rows that it needs. IAM compares all keys of a request
 * with one statement, so each action is in one statement, which names all keys for that action.
 */
final class RowRules {
  private static final String KEYS = "/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys";
  private static final String LIMIT = "{\"ForAllValues:StringLike\":{\"dynamodb:LeadingKeys\":";
  private static final Set<String> READS =
      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
  private static final String WRITE = "dynamodb:PutItem";
  private static final String COUNT = "dynamodb:UpdateItem";

  /** Counts of calls and messages. Only these rows are changed in place ({@code UpdateItem}). */
  private static final String COUNTED = "limit#*";

  /** The mark that there was a practice document once. */
  private static final String SETUP = "setup";

  /** The practice document. Its authors write it, and no function does. */
  private static final String PRACTICE = "practice#*";

  /**
   * The partitions that each function uses. If its code uses a new partition, add it here and to
   * the function's role.
   */
  static final Map<String, Work> WORK =
      Map.of(
          "FindSlots",
          new Work(Set.of(PRACTICE, SETUP, "hold#*", COUNTED), Set.of(), Set.of(COUNTED)),
          "BookAppointment",
          work(
                  "binding#*",
                  "booking#*",
                  "hold#*",
                  COUNTED,
                  "patient#*",
                  "request#*",
                  "verification#*",
                  "visit#*")
              .reading("link#*")
              .counting(),
          "ReceiveCanvasNotice",
          work("notice#*"),
          "ReceiveCalendarNotice",
          work("binding#*", "hold#*"),
          "SyncCalendars",
          work("binding#*", "hold#*", "meetings#*", "visit#*")
              .reading("booking#*")
              .reading("known#*")
              .counting("meetings#*"),
          "MirrorMeetings",
          work("binding#*", "hold#*", "meetings#*", "mirrored").counting("meetings#*"),
          "SendMessage",
          work("contact#*", "keys", "link#*", "trouble#*", "verification#*", "visit#*", "waiting#*")
              .reading("booking#*")
              .reading("request#*")
              .reading(COUNTED)
              .counting(),
          "RunUpkeep",
          work(
              "binding#*",
              "booking#*",
              "known#*",
              "meetings#*",
              "mirrored",
              SETUP,
              "upkeep#*",
              "visit#*",
              "waiting#*"));

  private RowRules() {}

  /**
   * The partitions that a function uses, as patterns.
   *
   * @param reads what it reads
   * @param writes what it writes
   * @param counts what it counts
   */
  record Work(Set<String> reads, Set<String> writes, Set<String> counts) {

    Work reading(String more) {
      Set<String> all = new TreeSet<>(reads);
      all.add(more);
      return new Work(all, writes, counts);
    }

    Work counting() {
      return counting(COUNTED);
    }

    Work counting(String counted) {
      return new Work(reads, writes, Set.of(counted));
    }

    Set<String> allowed(String action) {
      if (READS.contains(action)) {
        return reads;
      }
      return action.equals(COUNT) ? counts : writes;
    }
  }

  /**
   * A write states the version that was read, so a function can read each partition that it writes.
   */
  private static Work work(String... own) {
    return new Work(Set.of(own), Set.of(own), Set.of()).reading(PRACTICE).reading(SETUP);
  }

  static List<Rule> all() {
    return List.of(
        that(
            "a function reads and writes exactly the rows of its work",
            RowRules::rows,
            t -> statement(t, "FindSlots", "dynamodb:GetItem").remove("Condition"),
            t -> keys(t, "FindSlots", "dynamodb:Query").add("visit#*"),
            t -> keys(t, "SendMessage", "dynamodb:GetItem").remove(0),
            t -> keys(t, "RunUpkeep", WRITE).add("hold#*"),
            t -> keys(t, "SyncCalendars", WRITE).removeAll().add("*"),
            t -> statement(t, "SyncCalendars", WRITE).put("Action", COUNT),
            t -> keys(t, "FindSlots", COUNT).add("hold#*"),
            t -> keys(t, "FindSlots", COUNT).removeAll(),
            t -> statement(t, "SyncCalendars", WRITE).put("Effect", "Deny"),
            t ->
                ((ObjectNode) statement(t, "SyncCalendars", WRITE).path("Condition"))
                    .putObject("StringEquals")
                    .put("dynamodb:Select", "COUNT"),
            t ->
                ((ArrayNode) t.root().at(RowRules.statementsOf("BookAppointment")))
                    .add(statement(t, "BookAppointment", WRITE).deepCopy())),
        that(
            "no function writes the practice document",
            RowRules::practiceIsRead,
            t -> keys(t, "BookAppointment", WRITE).add(PRACTICE),
            t -> keys(t, "BookAppointment", WRITE).add("pr*"),
            t -> statement(t, "BookAppointment", WRITE).remove("Condition")));
  }

  private static List<String> rows(Template template) {
    List<String> wrong = new ArrayList<>();
    for (String function : template.functions().keySet()) {
      Work work = WORK.getOrDefault(function, new Work(Set.of(), Set.of(), Set.of()));
      List<JsonNode> statements = ofTable(template, function).toList();
      List<String> actions = statements.stream().flatMap(RowRules::actions).toList();
      Set<String> all = new TreeSet<>(READS);
      all.add(WRITE);
      all.add(COUNT);
      boolean known = all.containsAll(actions) && actions.size() == Set.copyOf(actions).size();
      boolean plain = statements.stream().allMatch(RowRules::isPlain);
      if (!known
          || !plain
          || !work.reads().equals(patterns(statements, READS))
          || !work.writes().equals(patterns(statements, Set.of(WRITE)))
          || !work.counts().equals(patterns(statements, Set.of(COUNT)))
          || statements.stream().anyMatch(it -> isUneven(it, work))) {
        wrong.add(function + " does not have exactly " + work);
      }
    }
    return wrong;
  }

  private static List<String> practiceIsRead(Template template) {
    return template.functions().keySet().stream()
        .filter(
            function ->
                ofTable(template, function)
                    .filter(it -> actions(it).anyMatch(action -> !READS.contains(action)))
                    .anyMatch(RowRules::reachesPractice))
        .toList();
  }

  private static boolean reachesPractice(JsonNode statement) {
    JsonNode keys = statement.at(KEYS);
    return keys.isEmpty()
        || keys.valueStream()
            .map(JsonNode::asText)
            .anyMatch(it -> PRACTICE.startsWith(it.replaceAll("[*?].*", "")));
  }

  /**
   * Whether the statement allows actions on the table itself, with a condition on the keys and no
   * other.
   */
  private static boolean isPlain(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow")
        && Template.refersTo(statement.path("Resource"), "Table")
        && statement.path("Condition").toString().equals(LIMIT + statement.at(KEYS) + "}}");
  }

  /**
   * Whether the statement names other keys than all those that the function may use for the action.
   * IAM would refuse a request whose keys were spread over two statements.
   */
  private static boolean isUneven(JsonNode statement, Work work) {
    return actions(statement).anyMatch(action -> !patterns(statement).equals(work.allowed(action)));
  }

  private static Set<String> patterns(List<JsonNode> statements, Set<String> actions) {
    return statements.stream()
        .filter(it -> actions(it).anyMatch(actions::contains))
        .flatMap(it -> patterns(it).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> patterns(JsonNode statement) {
    return statement
        .at(KEYS)
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> ofTable(Template template, String function) {
    return template
        .statements(function + "Role")
        .filter(it -> actions(it).anyMatch(action -> action.startsWith("dynamodb:")));
  }

  private static Stream<String> actions(JsonNode statement) {
    JsonNode action = statement.path("Action");
    return (action.isArray() ? action.valueStream() : Stream.of(action)).map(JsonNode::asText);
  }

  private static String statementsOf(String function) {
    return "/Resources/" + function + "Role/Properties/Policies/0/PolicyDocument/Statement";
  }

  private static ObjectNode statement(Template template, String function, String action) {
    return (ObjectNode)
        ofTable(template, function)
            .filter(it -> actions(it).anyMatch(action::equals))
            .findFirst()
            .orElseThrow();
  }

  private static ArrayNode keys(Template template, String function, String action) {
    return (ArrayNode) statement(template, function, action).at(KEYS);
  }
}
