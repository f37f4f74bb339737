package clinic.scheduling.sandbox.canvas.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Matches token search parameters ({@code v}, {@code s|v}, {@code s|}, {@code |v}; FHIR R4 search,
 * token).
 */
public final class TokenFilter {
  private TokenFilter() {}

  public static boolean anyMatches(JsonNode list, String field, String wanted) {
    return list.valueStream().anyMatch(item -> matches(item, field, wanted));
  }

  public static List<String> references(JsonNode list) {
    return list.valueStream().map(item -> item.path("reference").asText()).toList();
  }

  private static boolean matches(JsonNode item, String field, String wanted) {
    int bar = wanted.lastIndexOf('|');
    String value = wanted.substring(bar + 1);
    boolean sameValue = value.isEmpty() ? bar > 0 : item.path(field).asText().equals(value);
    boolean sameSystem = bar <= 0 || item.path("system").asText().equals(wanted.substring(0, bar));
    boolean noSystem = bar != 0 || !item.has("system");
    return sameValue && sameSystem && noSystem;
  }
}
