package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.canvas.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Writes search results: ten entries on a page by default, a hundred at most, with relative links.
 */
public final class SearchSet {
  static final int DEFAULT_COUNT = 10;
  static final int MOST = 100;

  private SearchSet() {}

  /** The page of the matches that {@code _count} and {@code _offset} select. */
  public static ObjectNode page(FhirCall call, List<ObjectNode> matches) {
    int count = Math.min(MOST, number(call, "_count", DEFAULT_COUNT, 1));
    int offset = number(call, "_offset", 0, 0);
    int from = Math.min(offset, matches.size());
    int to = Math.min(from + count, matches.size());
    ObjectNode bundle = bundle(matches.size());
    if (!matches.isEmpty()) {
      links(bundle.putArray("link"), new Links(call, count, offset, matches.size()));
    }
    return entries(bundle, matches.subList(from, to));
  }

  /** All matches on one page without links, as for Schedule and Slot. */
  public static ObjectNode whole(int total, List<ObjectNode> matches) {
    return entries(bundle(total), matches);
  }

  private static ObjectNode bundle(int total) {
    return Json.object().put("resourceType", "Bundle").put("type", "searchset").put("total", total);
  }

  private static ObjectNode entries(ObjectNode bundle, List<ObjectNode> matches) {
    if (!matches.isEmpty()) {
      ArrayNode entries = bundle.putArray("entry");
      matches.forEach(match -> entries.addObject().set("resource", match));
    }
    return bundle;
  }

  private static void links(ArrayNode array, Links links) {
    links.add(array, "self", links.offset());
    links.add(array, "first", 0);
    if (links.offset() + links.count() < links.total()) {
      links.add(array, "next", links.offset() + links.count());
    }
    links.add(array, "last", (links.total() - 1) / links.count() * links.count());
  }

  private static int number(FhirCall call, String name, int otherwise, int least) {
    String text = call.first(name).orElse(Integer.toString(otherwise));
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw FhirException.badValue("query -> " + name + " — Input should be a valid integer");
    }
    return Integer.parseInt(text);
  }

  private record Links(FhirCall call, int count, int offset, int total) {
    void add(ArrayNode array, String relation, int offset) {
      StringBuilder url = new StringBuilder("/" + call.type() + "?");
      for (String pair : call.rawQuery().split("&", -1)) {
        boolean paging = pair.startsWith("_count=") || pair.startsWith("_offset=");
        if (!pair.isEmpty() && !paging) {
          url.append(pair).append('&');
        }
      }
      url.append("_count=").append(count).append("&_offset=").append(offset);
      array.addObject().put("relation", relation).put("url", url.toString());
    }
  }
}
