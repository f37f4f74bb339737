package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.Interval;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.users.item.calendarview.CalendarViewRequestBuilder;
import com.microsoft.graph.users.item.calendarview.CalendarViewRequestBuilder.GetRequestConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code calendarView}: single events and the instances of recurring ones, each with our
 * extended property. Filtering by that property is not reliable ({@code docs/facts/outlook.md} 2,
 * "Finding our own event again"), so this reads all events in the window, page by page.
 */
final class EventView {
  private static final int PAGE = 250;
  private static final int PAGES = 40;

  private final Graph graph;
  private final CalendarViewRequestBuilder view;
  private final Runnable beforeRequest;

  EventView(Graph graph, String mailbox) {
    this(graph, mailbox, () -> {});
  }

  /**
   * @param beforeRequest runs before each request, and may throw an exception to end the reading
   */
  EventView(Graph graph, String mailbox, Runnable beforeRequest) {
    this.graph = graph;
    this.view = graph.mailbox(mailbox).calendarView();
    this.beforeRequest = beforeRequest;
  }

  /**
   * All events that overlap the window; empty if there are more than 10,000.
   *
   * @param select the properties that are read
   */
  Optional<List<Event>> list(Interval window, String[] select) {
    List<Event> all = new ArrayList<>();
    beforeRequest.run();
    @Nullable EventCollectionResponse page = view.get(first(window, select));
    for (int pages = 0; pages < PAGES; pages++) {
      if (page == null) {
        // To take it for the last page would mean to take events for deleted.
        throw new UncheckedIOException(new IOException("graph returned an empty page"));
      }
      all.addAll(Objects.requireNonNullElse(page.getValue(), List.<Event>of()));
      @Nullable String next = page.getOdataNextLink();
      if (next == null) {
        return Optional.of(all);
      }
      beforeRequest.run();
      page = view.withUrl(graph.own(next)).get(with -> Graph.prefer(with.headers));
    }
    return Optional.empty();
  }

  private static Consumer<GetRequestConfiguration> first(Interval window, String[] select) {
    return with -> {
      Graph.prefer(with.headers);
      with.queryParameters.startDateTime = window.start().toString();
      with.queryParameters.endDateTime = window.end().toString();
      with.queryParameters.select = select;
      with.queryParameters.expand = new String[] {EntryStamp.OUTLOOK_EXPAND};
      with.queryParameters.top = PAGE;
    };
  }
}
