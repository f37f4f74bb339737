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
 * Outlook, through Microsoft Graph. Every entry has our stamp in an extended property, and a search
 * finds the entry by its stamp. We do not rely on the {@code transactionId}, because Graph does not
 * document for how long it remembers this id ({@code docs/facts/outlook.md} 2).
 *
 * <p>Graph returns an event by its id even if the event is in another calendar of the mailbox or in
 * Deleted Items. So an entry counts as existing only if the {@code calendarView} of the default
 * calendar contains it; reconciliation lists the same view.
 *
 * <p>An update sends the fields, and then reads the view. If the view does not show the entry,
 * somebody has deleted or moved it, and the update deletes what is left of it. If Graph refuses a
 * change, we read the view before we decide what the refusal means ({@link RefusedChange}). A
 * failed request in any of these steps becomes the outcome of the whole call ({@link Graph#ask}).
 */
@Singleton
final class OutlookCalendar implements Calendar {
  private static final int CONFLICT = 409;
  private static final CalendarOutcome NO_CALENDAR =
      new CalendarOutcome.Refused("no-such-calendar");

  /**
   * An event that Graph created less than this time ago counts as created by this call. We assume
   * that Graph's clock and ours differ by less than this.
   */
  private static final Duration CREATED_WITHIN = Duration.ofMinutes(5);

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
            return verifyCreated(mailbox, post(mailbox, name, entry), entry);
          } catch (ApiException e) {
            if (e.getResponseStatusCode() != CONFLICT) {
              throw e;
            }
            return updateExisting(mailbox, name, entry);
          }
        },
        failure -> failure.isNotFound() ? NO_CALENDAR : failure);
  }

  @Override
  public CalendarOutcome update(
      String mailbox, String externalId, CalendarEntry entry, boolean recent) {
    CalendarOutcome changed =
        patch(mailbox, externalId, () -> OutlookModels.updateOf(entry), recent);
    return changed.asExists().isPresent()
        ? outcomeOf(
            () ->
                inDefaultCalendar(mailbox, externalId, entry.time()).isPresent()
                    ? changed
                    : handleNotShown(mailbox, externalId, recent))
        : changed;
  }

  /**
   * Handles an entry that the view does not show. If it was written recently, the view may not be
   * up to date yet. Otherwise somebody has deleted the entry or moved it to another calendar, and
   * we delete what is left of it.
   */
  private CalendarOutcome handleNotShown(String mailbox, String id, boolean recent) {
    return recent ? CalendarOutcome.Busy.notVisibleYet() : wipeAndDelete(mailbox, id, false);
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    return outcomeOf(() -> first(search(mailbox, name)));
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId, boolean recent) {
    return wipeAndDelete(mailbox, externalId, recent);
  }

  @Override
  public ReadResult read(String mailbox, String externalId, Interval expected) {
    return graph.<ReadResult>ask(
        () ->
            inDefaultCalendar(mailbox, externalId, expected)
                .or(() -> inDefaultCalendar(mailbox, externalId, startMinute(mailbox, externalId)))
                .<ReadResult>map(entry -> new ReadResult.Found(entry.content()))
                .orElse(new ReadResult.Absent()),
        ReadResult::failed);
  }

  @Override
  public Listing list(String mailbox, Interval window) {
    return graph.ask(() -> OurEvents.list(new EventView(graph, mailbox), window), Listing::failed);
  }

  @Override
  public Phi<String> expectedContent(CalendarEntry entry) {
    return OutlookModels.content(OutlookModels.updateOf(entry));
  }

  private @Nullable Event post(String mailbox, EntryName name, CalendarEntry entry) {
    return graph
        .mailbox(mailbox)
        .events()
        .post(OutlookModels.newEvent(name, entry), with -> Graph.prefer(with.headers));
  }

  /**
   * Graph may answer a repeated create with the event of the first one. So we compare the content,
   * and update the event if it differs.
   */
  private CalendarOutcome verifyCreated(String mailbox, @Nullable Event made, CalendarEntry entry) {
    @Nullable String id = made == null ? null : made.getId();
    if (made == null || id == null) {
      return new CalendarOutcome.Unknown(RetryAfter.USUAL);
    }
    boolean recent = isJustCreated(made);
    return recent && OutlookModels.content(made).equals(expectedContent(entry))
        ? new CalendarOutcome.Exists(id)
        : RefusedChange.ofExisting(update(mailbox, id, entry, recent));
  }

  private boolean isJustCreated(Event made) {
    return Optional.ofNullable(made.getCreatedDateTime())
        .filter(at -> at.toInstant().isBefore(clock.instant().minus(CREATED_WITHIN)))
        .isEmpty();
  }

  /**
   * Called when the name is in use. If a search finds nothing, the event is not visible yet, or
   * somebody has deleted it.
   */
  private CalendarOutcome updateExisting(String mailbox, EntryName name, CalendarEntry entry) {
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

  /** The entry as the default calendar shows it at this time; empty if it does not. */
  private Optional<ListedEntry> inDefaultCalendar(String mailbox, String id, Interval time) {
    return OurEvents.list(new EventView(graph, mailbox), time)
        .fold(
            listed -> listed.all().stream().filter(it -> it.externalId().equals(id)).findFirst(),
            unreadable -> {
              throw new IllegalStateException("more events at one time than a calendar can hold");
            });
  }

  /** The minute in which the event starts, in whichever calendar the event is. */
  private Interval startMinute(String mailbox, String id) {
    @Nullable Event event =
        event(mailbox, id)
            .get(
                with -> {
                  Graph.prefer(with.headers);
                  with.queryParameters.select = new String[] {"id", "start"};
                });
    return OutlookModels.startMinute(event);
  }

  private CalendarOutcome wipeAndDelete(String mailbox, String id, boolean recent) {
    CalendarOutcome overwritten = patch(mailbox, id, OutlookModels::overwriting, recent);
    return RefusedChange.allowsDeletion(overwritten, GraphError::isAboutMailbox)
        ? delete(mailbox, id, recent)
        : overwritten;
  }

  private CalendarOutcome delete(String mailbox, String id, boolean recent) {
    CalendarOutcome deleted =
        outcomeOf(
            () -> {
              event(mailbox, id).delete(with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Gone();
            });
    return interpret(mailbox, id, deleted, recent);
  }

  /**
   * @param change creates a new model object for each request; see {@link OutlookModels}
   */
  private CalendarOutcome patch(String mailbox, String id, Supplier<Event> change, boolean recent) {
    CalendarOutcome changed =
        outcomeOf(
            () -> {
              event(mailbox, id).patch(change.get(), with -> Graph.prefer(with.headers));
              return new CalendarOutcome.Exists(id);
            });
    return interpret(mailbox, id, changed, recent);
  }

  private CalendarOutcome interpret(
      String mailbox, String id, CalendarOutcome change, boolean recent) {
    return RefusedChange.needsLook(change, GraphError::isAboutMailbox)
        ? RefusedChange.interpret(change, lookUp(mailbox, id, recent), GraphError::isAboutMailbox)
        : change;
  }

  /**
   * Reads the entry from the view of the default calendar, because by id Graph may return an event
   * outside it.
   */
  private CalendarOutcome lookUp(String mailbox, String id, boolean recent) {
    return outcomeOf(
        () ->
            inDefaultCalendar(mailbox, id, startMinute(mailbox, id))
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

  private CalendarOutcome outcomeOf(Supplier<CalendarOutcome> request) {
    return graph.ask(request, failure -> failure);
  }
}
