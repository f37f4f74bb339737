package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.core.Interval;
import com.microsoft.graph.models.Event;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists our events in a calendar. We recognise them by our extended property. */
final class OurEvents {
  private OurEvents() {}

  static Listing list(EventView view, Interval window) {
    return view.list(window, OutlookModels.select())
        .<Listing>map(OurEvents::ours)
        .orElseGet(() -> new Listing.Unreadable(new CalendarOutcome.Refused("too-many-events")));
  }

  private static Listing ours(List<Event> events) {
    return Listing.Entries.of(
        events.stream().flatMap(event -> listedEntry(event).stream()).toList());
  }

  private static Optional<ListedEntry> listedEntry(Event event) {
    return OutlookModels.stamps(event)
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
