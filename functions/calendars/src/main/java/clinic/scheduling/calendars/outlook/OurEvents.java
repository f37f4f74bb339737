package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.core.Interval;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.users.item.calendarview.CalendarViewRequestBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists our events in a calendar, page by page. {@code calendarView} returns our extended property,
 * but filtering by it is not reliable ({@code docs/facts/outlook.md} 2, "Finding our own event
 * again").
 */
final class OurEvents {
  private static final int PAGE = 250;
  private static final int PAGES = 40;

  private OurEvents() {}

  static Listing list(CalendarViewRequestBuilder view, Interval window) {
    List<ListedEntry> ours = new ArrayList<>();
    Optional<EventCollectionResponse> page = Optional.ofNullable(first(view, window));
    for (int pages = 0; pages < PAGES; pages++) {
      page.map(EventCollectionResponse::getValue).stream()
          .flatMap(List::stream)
          .flatMap(event -> listedEntry(event).stream())
          .forEach(ours::add);
      Optional<String> next = page.map(EventCollectionResponse::getOdataNextLink);
      if (next.isEmpty()) {
        return Listing.Entries.of(ours);
      }
      page = Optional.ofNullable(next(view, next.get()));
    }
    return new Listing.Unreadable(new CalendarOutcome.Refused("too-many-events"));
  }

  private static @Nullable EventCollectionResponse first(
      CalendarViewRequestBuilder view, Interval window) {
    return view.get(
        with -> {
          Graph.prefer(with.headers);
          with.queryParameters.startDateTime = window.start().toString();
          with.queryParameters.endDateTime = window.end().toString();
          with.queryParameters.select = OutlookModels.select();
          with.queryParameters.expand = new String[] {EntryStamp.OUTLOOK_EXPAND};
          with.queryParameters.top = PAGE;
        });
  }

  private static @Nullable EventCollectionResponse next(
      CalendarViewRequestBuilder view, String link) {
    return view.withUrl(link).get(with -> Graph.prefer(with.headers));
  }

  private static Optional<ListedEntry> listedEntry(Event event) {
    return Stream.ofNullable(event.getSingleValueExtendedProperties())
        .flatMap(List::stream)
        .filter(property -> EntryStamp.OUTLOOK_PROPERTY.equalsIgnoreCase(property.getId()))
        .flatMap(property -> Stream.ofNullable(property.getValue()))
        .flatMap(value -> EntryStamp.parse(value).stream())
        .flatMap(stamp -> listed(event, stamp))
        .findFirst();
  }

  private static Stream<ListedEntry> listed(Event event, EntryStamp stamp) {
    return Stream.of(
            Optional.ofNullable(event.getSeriesMasterId()), Optional.ofNullable(event.getId()))
        .flatMap(Optional::stream)
        .limit(1)
        .map(id -> new ListedEntry(id, stamp, OutlookModels.content(event)));
  }
}
