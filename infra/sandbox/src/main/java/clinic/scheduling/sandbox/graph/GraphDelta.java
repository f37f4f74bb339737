package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.DeltaRounds.DeltaRound;
import clinic.scheduling.sandbox.graph.DeltaRounds.Item;
import clinic.scheduling.sandbox.graph.DeltaRounds.Place;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.EventChange;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code calendarView/delta} (docs/facts/outlook.md, section 3): what is in a window at first, and
 * later what has changed. Whatever changed outside the window shows as removed.
 */
final class GraphDelta {
  private static final int USUAL_PAGE = 10;
  private static final int LARGEST_PAGE = 1_000;
  private static final String SKIP = "$skiptoken";
  private static final String DELTA = "$deltatoken";
  private static final String TYPE = "#microsoft.graph.event";

  private final GraphMailboxes mailboxes;
  private final DeltaRounds rounds;
  private final Clock clock;
  private final String url;

  GraphDelta(GraphMailboxes mailboxes, DeltaRounds rounds, Clock clock, String url) {
    this.mailboxes = mailboxes;
    this.rounds = rounds;
    this.clock = clock;
    this.url = url;
  }

  Reply handle(Call call, String mailbox, GraphPrefer prefer, GraphSettings graph) {
    refuseOptions(call);
    Optional<String> skip = call.query(SKIP);
    Optional<String> delta = call.query(DELTA);
    if (skip.isPresent() || delta.isPresent()) {
      if (call.query().size() > 1) {
        throw GraphException.badRequest("A token already contains every parameter.");
      }
    }
    if (skip.isPresent()) {
      return page(call, place(mailbox, skip.get()), prefer);
    }
    DeltaRound round =
        delta.isPresent()
            ? next(place(mailbox, delta.get()).round(), graph)
            : first(mailbox, GraphQuery.window(call), graph);
    return page(call, new Place(rounds.add(round), 0), prefer);
  }

  private Place place(String mailbox, String token) {
    return rounds.place(EventChange.objectId(mailbox), mailbox, token);
  }

  private static void refuseOptions(Call call) {
    Set<String> refused =
        call.query().keySet().stream()
            .filter(name -> name.startsWith("$") && !name.equals(SKIP) && !name.equals(DELTA))
            .collect(Collectors.toSet());
    if (!refused.isEmpty()) {
      throw new GraphException(
          400,
          "ErrorInvalidUrlQuery",
          "The following parameters are not supported with change tracking over the"
              + " 'CalendarView' resource: "
              + String.join(", ", refused));
    }
  }

  private DeltaRound first(String mailbox, GraphQuery.Window window, GraphSettings graph) {
    Instant from = window.from();
    Instant to = window.to();
    long change = mailboxes.lastChange();
    long serial = rounds.nextSerial();
    Map<String, GraphEvent> shown = shown(mailbox, from, to, graph);
    List<Item> items = shown.values().stream().map(event -> new Item(event, false)).toList();
    return new DeltaRound(
        mailbox,
        serial,
        serial,
        0,
        from,
        to,
        change,
        shown,
        disordered(items, serial),
        clock.instant());
  }

  private DeltaRound next(DeltaRound before, GraphSettings graph) {
    long change = mailboxes.lastChange();
    long serial = rounds.nextSerial();
    Map<String, GraphEvent> shown = shown(before.mailbox(), before.from(), before.to(), graph);
    return new DeltaRound(
        before.mailbox(),
        serial,
        before.chain(),
        before.number() + 1,
        before.from(),
        before.to(),
        change,
        shown,
        disordered(changes(before, shown), serial),
        clock.instant());
  }

  /** All single events and occurrences in the window, and the series that have some there. */
  private Map<String, GraphEvent> shown(
      String mailbox, Instant from, Instant to, GraphSettings graph) {
    Map<String, GraphEvent> shown = new LinkedHashMap<>();
    for (GraphEvent event : mailboxes.events(mailbox)) {
      if (mailboxes.isListed(event, graph)) {
        List<GraphEvent> inside = GraphSeries.within(event, from, to).toList();
        if (!inside.isEmpty()) {
          shown.put(key(event), event);
        }
        inside.forEach(one -> shown.put(key(one), one));
      }
    }
    return shown;
  }

  /**
   * A change of one occurrence is also one of its series, which so comes with it and says what the
   * occurrence does not.
   */
  private List<Item> changes(DeltaRound before, Map<String, GraphEvent> shown) {
    Map<String, Item> items = new LinkedHashMap<>();
    shown.forEach(
        (key, event) -> {
          if (differs(event, before.shown().get(key))) {
            items.put(key, new Item(event, false));
          }
        });
    before
        .shown()
        .forEach(
            (key, event) -> {
              if (!shown.containsKey(key)) {
                items.put(key, new Item(event, true));
              }
            });
    mailboxes.changedAfter(before.mailbox(), before.change()).stream()
        .filter(event -> !shown.containsKey(key(event)))
        .filter(isOutside(before))
        .forEach(event -> items.putIfAbsent(key(event), new Item(event, true)));
    return List.copyOf(items.values());
  }

  /** An event in the window that no list shows yet has not been removed from it. */
  private static Predicate<GraphEvent> isOutside(DeltaRound round) {
    return event ->
        event.folder() != GraphFolder.calendar
            || GraphSeries.within(event, round.from(), round.to()).findAny().isEmpty();
  }

  private static boolean differs(GraphEvent now, @Nullable GraphEvent before) {
    if (before == null) {
      return true;
    }
    return now.occurrence().isEmpty()
        ? now.version() != before.version()
        : !now.content().equals(before.content()) || !now.type().equals(before.type());
  }

  /** In an order that means nothing, and with some items twice, as Graph reserves itself. */
  private List<Item> disordered(List<Item> items, long serial) {
    DeltaSettings settings = rounds.settings();
    List<Item> all = new ArrayList<>(items);
    Collections.shuffle(all, new Random(settings.shuffleSeed() + serial));
    for (int i = settings.repeatEvery() - 1;
        settings.repeatEvery() > 0 && i < items.size();
        i += settings.repeatEvery()) {
      all.add(all.get(i));
    }
    return List.copyOf(all);
  }

  private Reply page(Call call, Place place, GraphPrefer prefer) {
    DeltaRound round = place.round();
    int size = prefer.pageSize() == 0 ? USUAL_PAGE : Math.min(prefer.pageSize(), LARGEST_PAGE);
    int end = Math.min(place.offset() + Math.max(size, 1), round.items().size());
    ObjectNode page =
        Json.object().put("@odata.context", url + "/v1.0/$metadata#Collection(event)");
    ArrayNode value = page.putArray("value");
    round.items().subList(Math.min(place.offset(), end), end).stream()
        .map(item -> line(item, prefer))
        .forEach(value::add);
    boolean last = end == round.items().size();
    String token =
        DeltaRounds.token(EventChange.objectId(round.mailbox()), round.serial(), last ? 0 : end);
    page.put(
        last ? "@odata.deltaLink" : "@odata.nextLink",
        url + call.rawPath() + "?" + (last ? DELTA : SKIP) + "=" + token);
    if (last) {
      rounds.finished(round);
    }
    return Reply.json(200, page.toString());
  }

  /**
   * Extended properties never show; an unchanged occurrence is bare (microsoft-graph-docs 7632).
   */
  private ObjectNode line(Item item, GraphPrefer prefer) {
    GraphEvent event = item.event();
    ObjectNode line = Json.object().put("@odata.type", TYPE);
    if (item.removed()) {
      line.put("id", prefer.immutableIds() ? event.immutableId() : event.mutableId());
      line.putObject("@removed").put("reason", "deleted");
      return line;
    }
    line.setAll(event.answer(prefer));
    boolean bare =
        event.type().equals("occurrence")
            || event.type().equals("exception") && rounds.settings().bareExceptions();
    return bare ? line.retain("@odata.type", "id", "type", "seriesMasterId", "start", "end") : line;
  }

  private static String key(GraphEvent event) {
    return event.number() + "/" + event.occurrence();
  }
}
