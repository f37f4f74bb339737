package clinic.scheduling.upkeep.reconcile;

import clinic.scheduling.upkeep.reconcile.Discrepancy.Kind;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A certificate as the answer of the function shows it. */
final class CertificateJson {
  /** More findings are counted, and not listed. */
  static final int LISTED = 200;

  private CertificateJson() {}

  static ObjectNode of(Certificate it) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("practitioner", it.practitioner()).put("outcome", word(it.outcome()));
    if (!it.reason().isEmpty()) {
      json.put("reason", it.reason());
    }
    json.put("visits", it.visits())
        .put("wanted", it.sides().wanted())
        .put("standing", it.sides().standing());
    for (Kind kind : Kind.values()) {
      json.put(camel(kind), it.count(kind));
    }
    json.put("unseen", it.unseen())
        .put("unheard", it.unheard())
        .put("inMotion", it.inMotion())
        .put("unclear", it.unclear());
    json.put("hinted", it.done().hinted())
        .put("adopted", it.done().adopted())
        .put("removed", it.done().removed())
        .put("noted", it.done().noted())
        .put("undone", it.done().undone())
        .put("cancelled", it.done().cancelled());
    json.put("canvasDigest", it.sides().canvas())
        .put("calendarDigest", it.sides().calendars())
        .put("equal", it.equal());
    ObjectNode unread = json.putObject("unread");
    it.unread().forEach(unread::put);
    ArrayNode findings = json.putArray("findings");
    it.findings().stream()
        .limit(LISTED)
        .forEach(
            one ->
                findings
                    .addObject()
                    .put("finding", word(one.kind()))
                    .put("visit", one.place().visit())
                    .put("calendar", one.place().binding())
                    .put("repair", word(one.repair())));
    return json;
  }

  /** {@code LEFT_BEHIND} as {@code left-behind}. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code LEFT_BEHIND} as {@code leftBehind}. */
  private static String camel(Enum<?> value) {
    StringBuilder name = new StringBuilder();
    for (String part : value.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      String first = part.substring(0, 1);
      name.append(name.isEmpty() ? first : first.toUpperCase(Locale.ROOT))
          .append(part.substring(1));
    }
    return name.toString();
  }
}
