package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.RoundTime;
import clinic.scheduling.calendars.meeting.UnusableRoundException;
import clinic.scheduling.core.Interval;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventType;
import com.microsoft.graph.users.item.calendarview.delta.DeltaGetResponse;
import com.microsoft.graph.users.item.calendarview.delta.DeltaRequestBuilder;
import com.microsoft.kiota.RequestHeaders;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All pages of one round of {@code calendarView/delta} ({@code docs/facts/outlook.md} 3, "Delta").
 * Graph may send an event twice; the later one counts.
 *
 * @param instances single events and instances of series, by id; an instance may have nothing but
 *     its id, type, series, start and end
 * @param series the series that the round shows, by id
 * @param removed the ids of events that are not in the window, or not any more
 * @param link where the next round begins
 */
record DeltaRound(
    Map<String, Event> instances, Map<String, Event> series, Set<String> removed, String link) {
  private static final int PAGE = 100;
  private static final int PAGES = 100;

  /**
   * Reads all pages.
   *
   * @param cursor the link that an earlier round returned; empty for a first round
   * @return empty if there are too many pages or events
   * @throws UnusableRoundException if the round takes too long, or an answer is malformed
   */
  static Optional<DeltaRound> read(
      Graph graph, String mailbox, Interval window, Optional<String> cursor, RoundTime time) {
    DeltaRequestBuilder delta = graph.mailbox(mailbox).calendarView().delta();
    DeltaRound read =
        new DeltaRound(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>(), "");
    time.requireTimeForRequest();
    @Nullable DeltaGetResponse page =
        cursor.isPresent() ? follow(delta, cursor.get()) : first(delta, window);
    for (int pages = 0; pages < PAGES && !read.isTooLarge(); pages++) {
      if (page == null) {
        throw UnusableRoundException.malformed("empty-page");
      }
      Objects.requireNonNullElse(page.getValue(), List.<Event>of()).forEach(read::add);
      @Nullable String next = page.getOdataNextLink();
      if (next == null) {
        return Optional.of(read.until(page.getOdataDeltaLink()));
      }
      time.requireTimeForRequest();
      page = follow(delta, graph.own(next));
    }
    return Optional.empty();
  }

  private static @Nullable DeltaGetResponse first(DeltaRequestBuilder delta, Interval window) {
    return delta.get(
        with -> {
          prefer(with.headers);
          with.queryParameters.startDateTime = window.start().toString();
          with.queryParameters.endDateTime = window.end().toString();
        });
  }

  private static @Nullable DeltaGetResponse follow(DeltaRequestBuilder delta, String link) {
    return delta.withUrl(link).get(with -> prefer(with.headers));
  }

  private static void prefer(RequestHeaders headers) {
    Graph.prefer(headers);
    Graph.preferPages(headers, PAGE);
  }

  private boolean isTooLarge() {
    return instances.size() > MeetingSource.MOST_INSTANCES;
  }

  private void add(Event event) {
    @Nullable String id = event.getId();
    if (id == null) {
      throw UnusableRoundException.malformed("event-without-id");
    }
    instances.remove(id);
    series.remove(id);
    removed.remove(id);
    if (event.getAdditionalData().containsKey("@removed")) {
      removed.add(id);
    } else if (event.getType() == EventType.SeriesMaster) {
      series.put(id, event);
    } else {
      instances.put(id, event);
    }
  }

  private DeltaRound until(@Nullable String deltaLink) {
    if (deltaLink == null) {
      throw UnusableRoundException.malformed("no-delta-link");
    }
    return new DeltaRound(instances, series, removed, deltaLink);
  }
}
