package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes single occurrences of a series differ from it. A day, as {@code 20260203}, is the one
 * that the series gives the occurrence, even if it was moved.
 *
 * @param changed by day, the properties that were changed in that occurrence alone
 * @param cancelled the days whose occurrence was removed
 */
record GraphExceptions(ObjectNode changed, Set<String> cancelled) {

  static GraphExceptions none() {
    return new GraphExceptions(Json.object(), Set.of());
  }

  GraphExceptions with(String day, ObjectNode change) {
    ObjectNode all = changed.deepCopy();
    all.withObjectProperty(day).setAll(change);
    return new GraphExceptions(all, cancelled);
  }

  GraphExceptions without(String day) {
    Set<String> all = new TreeSet<>(cancelled);
    all.add(day);
    ObjectNode left = changed.deepCopy();
    left.remove(day);
    return new GraphExceptions(left, Set.copyOf(all));
  }

  boolean has(String day) {
    return changed.has(day);
  }
}
