package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The mailboxes of the tenant: their calendars and their Deleted Items. Methods are synchronized.
 */
final class GraphMailboxes {
  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_DELETED = 1_000;

  private final Map<String, Map<Long, GraphEvent>> mailboxes = new LinkedHashMap<>();
  private final Map<Long, GraphEvent> deleted = new LinkedHashMap<>();
  private final GraphContent content = new GraphContent();
  private final Clock clock;
  private long lastNumber;
  private volatile GraphSettings settings = GraphSettings.usual();

  GraphMailboxes(Clock clock, List<String> addresses) {
    this.clock = clock;
    addresses.forEach(this::open);
  }

  /** The settings of this tenant. */
  GraphSettings settings() {
    return settings;
  }

  void settings(GraphSettings changed) {
    settings = changed;
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

  /** The events of the default calendar. */
  synchronized List<GraphEvent> events(String address) {
    return everywhere(address).stream().filter(it -> it.folder() == GraphFolder.calendar).toList();
  }

  /** The events of all calendars and folders of the mailbox. */
  synchronized List<GraphEvent> everywhere(String address) {
    return List.copyOf(mailbox(address).values());
  }

  /** Finds an event in any folder, except among items that only an administrator can recover. */
  synchronized GraphEvent event(String address, String id) {
    return reachable(address)
        .flatMap(GraphSeries::withOccurrences)
        .filter(event -> event.hasId(id))
        .findFirst()
        .orElseThrow(GraphException::notFound);
  }

  /** Whether the event is so new that reads by its id do not find it yet. */
  synchronized boolean isHidden(String address, String id, GraphSettings settings) {
    return reachable(address)
        .filter(event -> event.hasId(id))
        .anyMatch(event -> !event.isOlderThan(settings.hiddenSeconds(), clock.instant()));
  }

  /** Whether the event is old enough for lists to show it. */
  boolean isListed(GraphEvent event, GraphSettings settings) {
    return event.isOlderThan(settings.unlistedSeconds(), clock.instant());
  }

  /** Whether the event is in no calendar of the mailbox. */
  synchronized boolean isGone(String address, String id) {
    return everywhere(address).stream()
        .flatMap(GraphSeries::withOccurrences)
        .noneMatch(event -> event.hasId(id));
  }

  synchronized GraphEvent create(String address, ObjectNode body, GraphSettings settings) {
    ObjectNode complete = content.create(body);
    Optional<GraphEvent> earlier =
        sameTransaction(address, complete).filter(it -> settings.rememberTransactions());
    if (earlier.isPresent() && settings.transactionConflict()) {
      throw new GraphException(
          409, "ErrorDuplicateTransactionId", "The transactionId has already been used.");
    }
    return earlier.orElseGet(() -> add(address, complete, body));
  }

  synchronized GraphEvent patch(
      String address, String id, ObjectNode body, Predicate<GraphEvent> unchanged) {
    GraphEvent present = event(address, id);
    if (!unchanged.test(present)) {
      throw new GraphException(
          412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.");
    }
    if (!present.occurrence().isEmpty()) {
      content.patch(present.content(), body);
      GraphEvent series = event(address, present.occurrence("", present.content()).immutableId());
      keep(series.withException(present.occurrence(), body, clock.instant()));
      return event(address, id);
    }
    return keep(
        present.changed(
            content.patch(present.content(), body),
            content.extended(present.extended(), body),
            clock.instant()));
  }

  /** Moves the event to Deleted Items or, if it is there already, out of reach. */
  synchronized void delete(String address, String id) {
    GraphEvent event = event(address, id);
    if (!event.occurrence().isEmpty()) {
      throw GraphException.badRequest("The sandbox does not delete one of a series.");
    }
    move(
        address,
        event,
        event.folder() == GraphFolder.deletedItems
            ? GraphFolder.recoverableItems
            : GraphFolder.deletedItems);
  }

  /** Moves the event to a folder, as a user does. */
  synchronized GraphEvent move(String address, String id, GraphFolder folder) {
    return move(address, event(address, id), folder);
  }

  /** The last thousand deleted events of all mailboxes that can still be read. */
  synchronized List<GraphEvent> deleted() {
    return List.copyOf(deleted.values());
  }

  synchronized void clear() {
    deleted.clear();
    mailboxes.values().forEach(Map::clear);
  }

  private GraphEvent move(String address, GraphEvent event, GraphFolder folder) {
    mailbox(address).remove(event.number());
    deleted.remove(event.number());
    GraphEvent moved = keep(event.movedTo(folder));
    if (deleted.size() > MOST_DELETED) {
      deleted.remove(deleted.keySet().iterator().next());
    }
    return moved;
  }

  private GraphEvent keep(GraphEvent event) {
    switch (event.folder()) {
      case calendar, otherCalendar -> mailbox(event.mailbox()).put(event.number(), event);
      case deletedItems, recoverableItems -> deleted.put(event.number(), event);
    }
    return event;
  }

  private Stream<GraphEvent> reachable(String address) {
    return Stream.concat(
        mailbox(address).values().stream(),
        deleted.values().stream()
            .filter(event -> event.mailbox().equals(key(address)))
            .filter(event -> event.folder() == GraphFolder.deletedItems));
  }

  private Optional<GraphEvent> sameTransaction(String address, ObjectNode complete) {
    return reachable(address)
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
            ++lastNumber,
            key(address),
            GraphFolder.calendar,
            "",
            complete,
            extended,
            Json.object(),
            clock.instant(),
            clock.instant(),
            1);
    return keep(event);
  }

  private Map<Long, GraphEvent> mailbox(String address) {
    Map<Long, GraphEvent> mailbox = mailboxes.get(key(address));
    if (mailbox == null) {
      throw new GraphException(404, "ErrorInvalidUser", "The mailbox is unknown.");
    }
    return mailbox;
  }

  private static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
