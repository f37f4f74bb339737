package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The mailboxes of the tenant with their default calendars. One call at a time. */
final class GraphMailboxes {
  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_DELETED = 1_000;

  private final Map<String, Map<Long, GraphEvent>> mailboxes = new LinkedHashMap<>();
  private final Deque<GraphEvent> deleted = new ArrayDeque<>();
  private final GraphContent content = new GraphContent();
  private final Clock clock;
  private long lastNumber;

  GraphMailboxes(Clock clock, List<String> addresses) {
    this.clock = clock;
    addresses.forEach(this::open);
  }

  synchronized void open(String address) {
    mailboxes.putIfAbsent(key(address), new LinkedHashMap<>());
  }

  synchronized boolean has(String address) {
    return mailboxes.containsKey(key(address));
  }

  synchronized List<String> addresses() {
    return List.copyOf(mailboxes.keySet());
  }

  synchronized List<GraphEvent> events(String address) {
    return List.copyOf(mailbox(address).values());
  }

  synchronized GraphEvent event(String address, String id) {
    return mailbox(address).values().stream()
        .filter(event -> event.hasId(id))
        .findFirst()
        .orElseThrow(GraphRefusal::notFound);
  }

  synchronized GraphEvent create(String address, ObjectNode body, boolean transactionConflict) {
    ObjectNode complete = content.create(body);
    Optional<GraphEvent> earlier = sameTransaction(address, complete);
    if (earlier.isPresent() && transactionConflict) {
      throw new GraphRefusal(
          409, "ErrorDuplicateTransactionId", "The transactionId has already been used.");
    }
    return earlier.orElseGet(() -> add(address, complete, body));
  }

  synchronized GraphEvent patch(
      String address, String id, ObjectNode body, Predicate<GraphEvent> unchanged) {
    GraphEvent present = event(address, id);
    if (!unchanged.test(present)) {
      throw new GraphRefusal(
          412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.");
    }
    GraphEvent changed =
        present.changed(
            content.patch(present.content(), body),
            content.extended(present.extended(), body),
            clock.instant());
    mailbox(address).put(changed.number(), changed);
    return changed;
  }

  synchronized void delete(String address, String id) {
    GraphEvent event = event(address, id);
    mailbox(address).remove(event.number());
    deleted.addLast(event);
    if (deleted.size() > MOST_DELETED) {
      deleted.removeFirst();
    }
  }

  /** What can still be read in the Deleted Items of any mailbox; the last thousand. */
  synchronized List<GraphEvent> deleted() {
    return List.copyOf(deleted);
  }

  synchronized void clear() {
    deleted.clear();
    mailboxes.values().forEach(Map::clear);
  }

  private Optional<GraphEvent> sameTransaction(String address, ObjectNode complete) {
    return mailbox(address).values().stream()
        .filter(event -> complete.hasNonNull("transactionId"))
        .filter(event -> complete.get("transactionId").equals(event.content().get("transactionId")))
        .findFirst();
  }

  private GraphEvent add(String address, ObjectNode complete, ObjectNode body) {
    if (mailbox(address).size() >= MOST_EVENTS) {
      throw new IllegalStateException("more than " + MOST_EVENTS + " events in one mailbox");
    }
    ObjectNode extended = content.extended(Json.object(), body);
    GraphEvent event =
        new GraphEvent(
            ++lastNumber, key(address), complete, extended, clock.instant(), clock.instant(), 1);
    mailbox(address).put(event.number(), event);
    return event;
  }

  private Map<Long, GraphEvent> mailbox(String address) {
    Map<Long, GraphEvent> mailbox = mailboxes.get(key(address));
    if (mailbox == null) {
      throw new GraphRefusal(404, "ErrorInvalidUser", "The mailbox is unknown.");
    }
    return mailbox;
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
