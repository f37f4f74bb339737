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
 * Outlook, through Microsoft Graph. Every entry has our stamp in an extended property, by which a
 * search finds it again: Graph does not document how long it remembers a {@code transactionId}
 * ({@code docs/facts/outlook.md} 2).
 *
 * <p>An id leads to its event wherever the event is, also in another calendar of the mailbox and in
 * Deleted Items, whichever path the request takes. So an entry counts as existing only if the view
 * of the default calendar shows it, which is also what reconciliation lists.
 */
@Singleton
final class OutlookCalendar implements Calendar {
  private static final int CONFLICT = 409;
  private static final CalendarOutcome NO_CALENDAR =
      new CalendarOutcome.Refused("no-such-calendar");

  /** An event created within this time is new; clocks differ by less. */
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
            return updateNamed(mailbox, name, entry);
          }
        },
        failure -> failure.isNotFound() ? NO_CALENDAR : failure);
  }

  @Override
  public CalendarOutcome update(
      String mailbox, String externalId, CalendarEntry entry, boolean recent) {
    CalendarOutcome changed = patch(mailbox, externalId, () -> OutlookModels.change(entry), recent);
    return changed.asExists().isPresent()
        ? change(
            () ->
                shown(mailbox, externalId, entry.time()).isPresent()
                    ? changed
                    : notShown(mailbox, externalId, recent))
        : changed;
  }

  /** Either the view lags, or somebody has deleted the entry or moved it elsewhere. */
  private CalendarOutcome notShown(String mailbox, String id, boolean recent) {
    return recent ? CalendarOutcome.Busy.notVisibleYet() : wipeAndDelete(mailbox, id, false);
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return change(() -> first(search(mailbox, name)));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId, boolean recent) {
    return wipeAndDelete(mailbox, externalId, recent);
  }

  @Override
  public ReadResult read(String mailbox, String externalId, Interval expected) {
    return graph.<ReadResult>ask(
        () ->
            shown(mailbox, externalId, expected)
                .or(() -> shown(mailbox, externalId, startOf(mailbox, externalId)))
                .<ReadResult>map(entry -> new ReadResult.Found(entry.content()))
                .orElse(new ReadResult.Absent()),
        ReadResult::failed);
  }

  @Override
  public Listing list(String mailbox, Interval window) {
    return graph.ask(
        () -> OurEvents.in(graph.mailbox(mailbox).calendarView(), window), Listing::failed);
  }

  @Override
  public Phi<String> expectedContent(CalendarEntry entry) {
    return OutlookModels.content(OutlookModels.change(entry));
  }

  private @Nullable Event post(String mailbox, EntryName name, CalendarEntry entry) {
    return graph
        .mailbox(mailbox)
        .events()
        .post(OutlookModels.named(name, entry), with -> Graph.prefer(with.headers));
  }

  /** Graph may answer a repeated create with the event as it was created the first time. */
  private CalendarOutcome checked(String mailbox, @Nullable Event made, CalendarEntry entry) {
    @Nullable String id = made == null ? null : made.getId();
    if (made == null || id == null) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    boolean recent = isNew(made);
    return recent && OutlookModels.content(made).equals(expectedContent(entry))
        ? new CalendarOutcome.Exists(id)
        : RefusedChange.ofExisting(update(mailbox, id, entry, recent));
  }

  private boolean isNew(Event made) {
    return Optional.ofNullable(made.getCreatedDateTime())
        .filter(at -> at.toInstant().isBefore(clock.instant().minus(NEW)))
        .isEmpty();
  }

  /** The name is in use; if a search finds nothing, the event is not visible yet. */
  private CalendarOutcome updateNamed(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    if (found.isGone()) {
      return new CalendarOutcome.NotFound();
    }
    return found
        .asExists()
        .map(it -> update(mailbox, it.externalId(), entry, true))
        .map(RefusedChange::ofExisting)
        .orElse(found);
  }

  /** The entry as the default calendar shows it at a time; empty if it does not. */
  private Optional<ListedEntry> shown(String mailbox, String id, Interval time) {
    return OurEvents.in(graph.mailbox(mailbox).calendarView(), time)
        .fold(
            listed -> listed.all().stream().filter(it -> it.externalId().equals(id)).findFirst(),
            unread -> {
              throw new IllegalStateException("more events at one time than a calendar can hold");
            });
  }

  /** When the event starts, wherever it is. */
  private Interval startOf(String mailbox, String id) {
    @Nullable Event event =
        event(mailbox, id)
            .get(
                with -> {
                  Graph.prefer(with.headers);
                  with.queryParameters.select = new String[] {"id", "start"};
                });
    return OutlookModels.startOf(event);
  }

  private CalendarOutcome wipeAndDelete(String mailbox, String id, boolean recent) {
    CalendarOutcome wiped = patch(mailbox, id, OutlookModels::wiped, recent);
    return RefusedChange.allowsDeletion(wiped, GraphError::isOfMailbox)
        ? delete(mailbox, id, recent)
        : wiped;
  }

  private CalendarOutcome delete(String mailbox, String id, boolean recent) {
    CalendarOutcome deleted =
        change(
            () -> {
              event(mailbox, id).delete(with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Gone();
            });
    return judged(mailbox, id, deleted, recent);
  }

  /**
   * @param change creates a new object for each request, see {@link OutlookModels}
   */
  private CalendarOutcome patch(String mailbox, String id, Supplier<Event> change, boolean recent) {
    CalendarOutcome changed =
        change(
            () -> {
              event(mailbox, id).patch(change.get(), with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Exists(id);
            });
    return judged(mailbox, id, changed, recent);
  }

  private CalendarOutcome judged(
      String mailbox, String id, CalendarOutcome change, boolean recent) {
    return RefusedChange.needsLook(change, GraphError::isOfMailbox)
        ? RefusedChange.judged(change, look(mailbox, id, recent), GraphError::isOfMailbox)
        : change;
  }

  /** An id may lead to an event outside the default calendar, so we ask the view. */
  private CalendarOutcome look(String mailbox, String id, boolean recent) {
    return change(
        () ->
            shown(mailbox, id, startOf(mailbox, id))
                .<CalendarOutcome>map(entry -> new CalendarOutcome.Exists(id))
                .orElse(
                    recent ? CalendarOutcome.Busy.notVisibleYet() : new CalendarOutcome.Gone()));
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
