package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.Reading;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.users.item.events.item.EventItemRequestBuilder;
import com.microsoft.kiota.ApiException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Outlook. An entry is stamped with an extended property by which it is found again, since Graph
 * does not say how long it remembers a {@code transactionId}.
 */
@Singleton
final class OutlookCalendar implements Calendar {
  private static final int CONFLICT = 409;

  private final Graph graph;

  OutlookCalendar(Graph graph) {
    this.graph = graph;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    return change(
        () -> {
          try {
            return checked(mailbox, post(mailbox, name, entry), entry);
          } catch (ApiException e) {
            if (e.getResponseStatusCode() != CONFLICT) {
              throw e;
            }
            return adopt(mailbox, name, entry);
          }
        });
  }

  @Override
  public CalendarOutcome update(String mailbox, String externalId, CalendarEntry entry) {
    return change(
        () -> {
          event(mailbox, externalId)
              .patch(OutlookModels.change(entry), with -> Graph.prefer(with.headers));
          return new CalendarOutcome.Standing(externalId);
        });
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return change(() -> first(search(mailbox, name)));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId) {
    return change(
        () -> {
          EventItemRequestBuilder event = event(mailbox, externalId);
          event.patch(OutlookModels.wiped(), with -> Graph.prefer(with.headers));
          event.delete(with -> Graph.prefer(with.headers));
          return new CalendarOutcome.Gone();
        });
  }

  @Override
  public Reading read(String mailbox, String externalId) {
    return graph.<Reading>ask(
        () -> {
          @Nullable Event event =
              event(mailbox, externalId)
                  .get(
                      with -> {
                        Graph.prefer(with.headers);
                        with.queryParameters.select = OutlookModels.read();
                      });
          return event == null
              ? new Reading.Unread(new CalendarOutcome.Unknown(RetryAfter.USUAL))
              : new Reading.Says(OutlookModels.said(event));
        },
        Reading::failed);
  }

  @Override
  public Listing list(String mailbox, Interval window) {
    return graph.ask(
        () -> OurEvents.in(graph.mailbox(mailbox).calendarView(), window), Listing::failed);
  }

  @Override
  public Phi<String> saying(CalendarEntry entry) {
    return OutlookModels.said(OutlookModels.change(entry));
  }

  private @Nullable Event post(String mailbox, EntryName name, CalendarEntry entry) {
    return graph
        .mailbox(mailbox)
        .events()
        .post(OutlookModels.named(name, entry), with -> Graph.prefer(with.headers));
  }

  /** A repeated create may be answered with the event as it was made the first time. */
  private CalendarOutcome checked(String mailbox, @Nullable Event made, CalendarEntry entry) {
    @Nullable String id = made == null ? null : made.getId();
    if (made == null || id == null) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    return OutlookModels.said(made).equals(saying(entry))
        ? new CalendarOutcome.Standing(id)
        : update(mailbox, id, entry);
  }

  private CalendarOutcome adopt(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    return found instanceof CalendarOutcome.Standing standing
        ? update(mailbox, standing.externalId(), entry)
        : found;
  }

  private @Nullable EventCollectionResponse search(String mailbox, EntryName name) {
    return graph
        .mailbox(mailbox)
        .events()
        .get(
            with -> {
              Graph.prefer(with.headers);
              with.queryParameters.filter = OutlookModels.filter(name);
              with.queryParameters.select = new String[] {"id"};
              with.queryParameters.top = 1;
            });
  }

  private static CalendarOutcome first(@Nullable EventCollectionResponse page) {
    @Nullable List<Event> events = page == null ? null : page.getValue();
    return Stream.ofNullable(events)
        .flatMap(List::stream)
        .flatMap(event -> Stream.ofNullable(event.getId()))
        .findFirst()
        .<CalendarOutcome>map(CalendarOutcome.Standing::new)
        .orElse(new CalendarOutcome.Gone());
  }

  private EventItemRequestBuilder event(String mailbox, String id) {
    return graph.mailbox(mailbox).events().byEventId(id);
  }

  private CalendarOutcome change(Supplier<CalendarOutcome> request) {
    return graph.ask(request, failure -> failure);
  }
}
