package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.calendars.ListedEntry;
import clinic.scheduling.calendars.Listing;
import clinic.scheduling.calendars.ReadResult;
import clinic.scheduling.calendars.RefusedChange;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.microsoft.graph.models.Event;
import com.microsoft.graph.models.EventCollectionResponse;
import com.microsoft.graph.users.item.events.item.EventItemRequestBuilder;
import com.microsoft.kiota.ApiException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Outlook. An entry is stamped with an extended property by which it is found again, since Graph
 * does not say how long it remembers a {@code transactionId}.
 *
 * <p>An id leads to its event wherever it lies, in another calendar of the mailbox and in Deleted
 * Items too, and the path through a calendar does not change that. So what stands is what the view
 * of the default calendar shows, which is what a reconciliation lists.
 */
@Singleton
final class OutlookCalendar implements Calendar {
  private static final int CONFLICT = 409;
  private static final CalendarOutcome NO_CALENDAR =
      new CalendarOutcome.Refused("no-such-calendar");

  /** Nobody has dragged away what was made so lately; clocks differ by less. */
  private static final Duration NEW = Duration.ofMinutes(5);

  private final Graph graph;
  private final Clock clock;

  OutlookCalendar(Graph graph, Clock clock) {
    this.graph = graph;
    this.clock = clock;
  }

  @Override
  public Provider provider() {
    return Provider.OUTLOOK;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    return graph.ask(
        () -> {
          try {
            return checked(mailbox, post(mailbox, name, entry), entry);
          } catch (ApiException e) {
            if (e.getResponseStatusCode() != CONFLICT) {
              throw e;
            }
            return adopt(mailbox, name, entry);
          }
        },
        failure -> failure instanceof CalendarOutcome.NotFound ? NO_CALENDAR : failure);
  }

  @Override
  public CalendarOutcome update(
      String mailbox, String externalId, CalendarEntry entry, boolean lately) {
    CalendarOutcome changed = patch(mailbox, externalId, () -> OutlookModels.change(entry), lately);
    return changed instanceof CalendarOutcome.Exists
        ? change(
            () ->
                shown(mailbox, externalId, entry.time()).isPresent()
                    ? changed
                    : notShown(mailbox, externalId, lately))
        : changed;
  }

  /** Either the view lags, or somebody has deleted it or put it elsewhere. */
  private CalendarOutcome notShown(String mailbox, String id, boolean lately) {
    return lately ? CalendarOutcome.Busy.notYet() : takenAway(mailbox, id, false);
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return change(() -> first(search(mailbox, name)));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId, boolean lately) {
    return takenAway(mailbox, externalId, lately);
  }

  @Override
  public ReadResult read(String mailbox, String externalId, Interval expected) {
    return graph.<ReadResult>ask(
        () ->
            shown(mailbox, externalId, expected)
                .or(() -> shown(mailbox, externalId, begins(mailbox, externalId)))
                .<ReadResult>map(entry -> new ReadResult.Says(entry.says()))
                .orElse(new ReadResult.Absent()),
        ReadResult::failed);
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
    boolean lately = isNew(made);
    return lately && OutlookModels.said(made).equals(saying(entry))
        ? new CalendarOutcome.Exists(id)
        : RefusedChange.ofNamed(update(mailbox, id, entry, lately));
  }

  private boolean isNew(Event made) {
    return Optional.ofNullable(made.getCreatedDateTime())
        .filter(at -> at.toInstant().isBefore(clock.instant().minus(NEW)))
        .isEmpty();
  }

  /** The name is in use, by an event that a search does not show yet if it finds nothing. */
  private CalendarOutcome adopt(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    if (found instanceof CalendarOutcome.Exists standing) {
      return RefusedChange.ofNamed(update(mailbox, standing.externalId(), entry, true));
    }
    return found instanceof CalendarOutcome.Gone ? new CalendarOutcome.NotFound() : found;
  }

  /** What the default calendar shows of an entry at a time; empty if nothing. */
  private Optional<ListedEntry> shown(String mailbox, String id, Interval time) {
    Listing there = OurEvents.in(graph.mailbox(mailbox).calendarView(), time);
    if (there instanceof Listing.Entries entries) {
      return entries.all().stream().filter(one -> one.externalId().equals(id)).findFirst();
    }
    throw new IllegalStateException("more events at a time than a calendar can hold");
  }

  /** When an entry that is not where it should be begins, wherever it lies. */
  private Interval begins(String mailbox, String id) {
    @Nullable Event event =
        event(mailbox, id)
            .get(
                with -> {
                  Graph.prefer(with.headers);
                  with.queryParameters.select = new String[] {"id", "start"};
                });
    return OutlookModels.begins(event);
  }

  private CalendarOutcome takenAway(String mailbox, String id, boolean lately) {
    CalendarOutcome wiped = patch(mailbox, id, OutlookModels::wiped, lately);
    return RefusedChange.leavesDeletion(wiped, OutlookErrors::isOfMailbox)
        ? delete(mailbox, id, lately)
        : wiped;
  }

  private CalendarOutcome delete(String mailbox, String id, boolean lately) {
    CalendarOutcome deleted =
        change(
            () -> {
              event(mailbox, id).delete(with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Gone();
            });
    return judged(mailbox, id, deleted, lately);
  }

  /**
   * @param change made anew for each request, see {@link OutlookModels}
   */
  private CalendarOutcome patch(String mailbox, String id, Supplier<Event> change, boolean lately) {
    CalendarOutcome changed =
        change(
            () -> {
              event(mailbox, id).patch(change.get(), with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Exists(id);
            });
    return judged(mailbox, id, changed, lately);
  }

  private CalendarOutcome judged(
      String mailbox, String id, CalendarOutcome change, boolean lately) {
    return RefusedChange.judged(
        change, () -> look(mailbox, id, lately), OutlookErrors::isOfMailbox);
  }

  /** Where an id leads to need not be the calendar. */
  private CalendarOutcome look(String mailbox, String id, boolean lately) {
    return change(
        () ->
            shown(mailbox, id, begins(mailbox, id))
                .<CalendarOutcome>map(entry -> new CalendarOutcome.Exists(id))
                .orElse(lately ? CalendarOutcome.Busy.notYet() : new CalendarOutcome.Gone()));
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
        .<CalendarOutcome>map(CalendarOutcome.Exists::new)
        .orElse(new CalendarOutcome.Gone());
  }

  private EventItemRequestBuilder event(String mailbox, String id) {
    return graph.mailbox(mailbox).events().byEventId(id);
  }

  private CalendarOutcome change(Supplier<CalendarOutcome> request) {
    return graph.ask(request, failure -> failure);
  }
}
