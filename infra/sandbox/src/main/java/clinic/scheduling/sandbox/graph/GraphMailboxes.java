package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.GraphContent.Author;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.EventChange;
import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mailboxes of the tenant: their calendars and their Deleted Items. Methods are synchronized.
 */
final class GraphMailboxes {
  private static final int MOST_EVENTS = 100_000;
  private static final int MOST_DELETED = 1_000;
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F-]{36}");

  private final Map<String, Map<Long, GraphEvent>> mailboxes = new LinkedHashMap<>();
  private final Map<Long, GraphEvent> deleted = new LinkedHashMap<>();
  private final GraphContent content = new GraphContent();
  private final Clock clock;
  private final Map<Long, Long> changedAt = new HashMap<>();
  private final Consumer<EventChange> changes;
  private long lastNumber;
  private long lastChange;
  private volatile GraphSettings settings = GraphSettings.usual();

  /**
   * Mailboxes without events.
   *
   * @param changes gets every change of an event; it must not wait
   */
  GraphMailboxes(Clock clock, List<String> addresses, Consumer<EventChange> changes) {
    this.clock = clock;
    this.changes = changes;
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

  /** The address of a user who is named by address or by object id. */
  synchronized String address(String user) {
    if (mailboxes.containsKey(key(user)) || !OBJECT_ID.matcher(user).matches()) {
      return key(user);
    }
    return mailboxes.keySet().stream()
        .filter(address -> EventChange.objectId(address).equalsIgnoreCase(user))
        .findFirst()
        .orElse(key(user));
  }

  /** The number of the latest change in any mailbox. */
  synchronized long lastChange() {
    return lastChange;
  }

  /** The events of a mailbox, deleted ones too, that were changed after the change. */
  synchronized List<GraphEvent> changedAfter(String address, long change) {
    return Stream.concat(mailbox(address).values().stream(), deletedOf(address))
        .filter(event -> changedAt.getOrDefault(event.number(), 0L) > change)
        .toList();
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
        .flatMap(event -> GraphSeries.find(event, id).stream())
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
    return everywhere(address).stream().noneMatch(event -> GraphSeries.find(event, id).isPresent());
  }

  synchronized GraphEvent create(String address, ObjectNode body, Author author) {
    ObjectNode complete = content.create(body, author);
    Optional<GraphEvent> earlier =
        author == Author.CLIENT && settings.rememberTransactions()
            ? sameTransaction(address, complete)
            : Optional.empty();
    if (earlier.isPresent() && settings.transactionConflict()) {
      throw new GraphException(
          409, "ErrorDuplicateTransactionId", "The transactionId has already been used.");
    }
    return earlier.orElseGet(() -> add(address, complete, content.extended(Json.object(), body)));
  }

  /** A second event with the content of this one, as a person makes by copying it. */
  synchronized GraphEvent copy(String address, GraphEvent original, boolean withStamps) {
    ObjectNode complete = original.content().deepCopy();
    complete.remove(List.of("iCalUId", "transactionId"));
    return add(address, complete, withStamps ? original.extended().deepCopy() : Json.object());
  }

  synchronized GraphEvent patch(
      String address, String id, ObjectNode body, Predicate<GraphEvent> unchanged, Author author) {
    GraphEvent present = event(address, id);
    if (!unchanged.test(present)) {
      throw new GraphException(
          412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.");
    }
    return present.occurrence().isEmpty()
        ? note(
            EventChange.Type.updated,
            keep(
                present.changed(
                    content.patch(present.content(), body, author),
                    content.extended(present.extended(), body),
                    clock.instant())))
        : patchOccurrence(address, present, body, author);
  }

  private GraphEvent patchOccurrence(
      String address, GraphEvent present, ObjectNode body, Author author) {
    if (body.has("recurrence")) {
      throw GraphException.badRequest("An occurrence has no recurrence of its own.");
    }
    ObjectNode own = present.content().deepCopy();
    own.remove("recurrence");
    ObjectNode change = GraphContent.onlyChanged(content.patch(own, body, author), body);
    GraphEvent series = event(address, present.seriesOf().immutableId());
    GraphEvent changed =
        series.with(series.exceptions().with(present.occurrence(), change), clock.instant());
    GraphEvent occurrence =
        GraphSeries.find(changed, present.immutableId()).orElseThrow(GraphException::notFound);
    if (body.has("start") || body.has("end")) {
      GraphSeries.checkOrder(changed, occurrence);
    }
    keep(changed);
    return note(EventChange.Type.updated, occurrence);
  }

  /**
   * Moves the event to Deleted Items or, if it is there already, out of reach. An occurrence is
   * removed from its series.
   */
  synchronized void delete(String address, String id) {
    GraphEvent event = event(address, id);
    if (event.occurrence().isEmpty()) {
      move(
          address,
          event,
          event.folder() == GraphFolder.deletedItems
              ? GraphFolder.recoverableItems
              : GraphFolder.deletedItems);
    } else {
      GraphEvent series = event(address, event.seriesOf().immutableId());
      keep(series.with(series.exceptions().without(event.occurrence()), clock.instant()));
      note(EventChange.Type.deleted, event);
    }
  }

  /** Moves the event to a folder, as a user does. */
  synchronized GraphEvent move(String address, String id, GraphFolder folder) {
    GraphEvent event = event(address, id);
    if (!event.occurrence().isEmpty()) {
      throw GraphException.badRequest("One occurrence cannot be moved to another folder.");
    }
    return move(address, event, folder);
  }

  /** The last thousand deleted events of all mailboxes that can still be read. */
  synchronized List<GraphEvent> deleted() {
    return List.copyOf(deleted.values());
  }

  synchronized void clear() {
    deleted.clear();
    changedAt.clear();
    mailboxes.values().forEach(Map::clear);
  }

  private GraphEvent move(String address, GraphEvent event, GraphFolder folder) {
    mailbox(address).remove(event.number());
    deleted.remove(event.number());
    GraphEvent moved = keep(event.movedTo(folder));
    if (deleted.size() > MOST_DELETED) {
      long oldest = deleted.keySet().iterator().next();
      deleted.remove(oldest);
      changedAt.remove(oldest);
    }
    if (event.folder().isCalendar() || folder.isCalendar()) {
      note(type(event.folder(), folder), moved);
    }
    return moved;
  }

  private static EventChange.Type type(GraphFolder before, GraphFolder now) {
    if (!now.isCalendar()) {
      return EventChange.Type.deleted;
    }
    return before.isCalendar() ? EventChange.Type.updated : EventChange.Type.created;
  }

  /** Numbers a change, for delta queries, and tells of it. */
  private GraphEvent note(EventChange.Type type, GraphEvent event) {
    changedAt.put(event.number(), ++lastChange);
    changes.accept(
        new EventChange(
            event.mailbox(),
            type,
            event.immutableId(),
            event.mutableId(),
            "W/\"" + event.changeKey() + "\""));
    return event;
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
        deletedOf(address).filter(event -> event.folder() == GraphFolder.deletedItems));
  }

  private Stream<GraphEvent> deletedOf(String address) {
    return deleted.values().stream().filter(event -> event.mailbox().equals(key(address)));
  }

  private Optional<GraphEvent> sameTransaction(String address, ObjectNode complete) {
    return reachable(address)
        .filter(event -> complete.hasNonNull("transactionId"))
        .filter(event -> complete.get("transactionId").equals(event.content().get("transactionId")))
        .findFirst();
  }

  private GraphEvent add(String address, ObjectNode complete, ObjectNode extended) {
    if (mailbox(address).size() >= MOST_EVENTS) {
      throw new IllegalStateException("more than " + MOST_EVENTS + " events in one mailbox");
    }
    long number = ++lastNumber;
    if (!complete.hasNonNull("iCalUId")) {
      complete.put("iCalUId", GraphEvent.iCalUId(number));
    }
    GraphEvent event =
        new GraphEvent(
            number,
            key(address),
            GraphFolder.calendar,
            "",
            complete,
            extended,
            GraphExceptions.none(),
            clock.instant(),
            clock.instant(),
            1);
    return note(EventChange.Type.created, keep(event));
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
