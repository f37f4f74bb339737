package clinic.scheduling.calendars.google;

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
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Google Calendar v3. We choose the id of an event, so Google answers a repeated insert with 409. A
 * deleted event keeps its id for a while, and Google returns it with the status {@code cancelled}
 * ({@code docs/facts/google.md} 2).
 *
 * <p>If Google refuses a change, we read the event before we decide what the refusal means ({@link
 * RefusedChange}). A failed request in any of these steps becomes the outcome of the whole call
 * ({@link GoogleCalls#ask}).
 */
@Singleton
final class GoogleCalendar implements Calendar {
  private static final String NO_INVITATIONS = "none";
  private static final int PAGES = 40;
  private static final int CONFLICT = 409;
  private static final CalendarOutcome GONE = new CalendarOutcome.Gone();
  private static final CalendarOutcome NO_CALENDAR =
      new CalendarOutcome.Refused("no-such-calendar");

  private final GoogleApi api;
  private final GoogleCalls calls;

  GoogleCalendar(@RestClient GoogleApi api, GoogleCalls calls) {
    this.api = api;
    this.calls = calls;
  }

  @Override
  public Provider provider() {
    return Provider.GOOGLE;
  }

  @Override
  public CalendarOutcome create(String mailbox, EntryName name, CalendarEntry entry) {
    GoogleEvent event = GoogleEvent.newEvent(name, entry);
    return calls.ask(
        mailbox,
        bearer -> {
          try {
            return outcome(api.insert(bearer, mailbox, NO_INVITATIONS, event));
          } catch (WebApplicationException e) {
            if (e.getResponse().getStatus() != CONFLICT) {
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
    return patch(mailbox, externalId, GoogleEvent.updateOf(entry));
  }

  @Override
  public CalendarOutcome find(String mailbox, EntryName name) {
    CalendarOutcome found = lookUp(mailbox, name.googleId());
    return found.isNotFound() ? GONE : found;
  }

  @Override
  public CalendarOutcome remove(String mailbox, String externalId, boolean recent) {
    CalendarOutcome overwritten = patch(mailbox, externalId, GoogleEvent.overwriting());
    return RefusedChange.allowsDeletion(overwritten, GoogleError::isAboutMailbox)
        ? delete(mailbox, externalId)
        : overwritten;
  }

  @Override
  public ReadResult read(String mailbox, String externalId, Interval expected) {
    return calls.<ReadResult>ask(
        mailbox,
        bearer -> {
          GoogleEvent event = api.get(bearer, mailbox, externalId);
          return event.isDeleted()
              ? new ReadResult.Absent()
              : new ReadResult.Found(event.content());
        },
        ReadResult::failed);
  }

  @Override
  public Listing list(String mailbox, Interval window) {
    return calls.<Listing>ask(mailbox, bearer -> all(bearer, mailbox, window), Listing::failed);
  }

  @Override
  public Phi<String> expectedContent(CalendarEntry entry) {
    return GoogleEvent.updateOf(entry).content();
  }

  private Listing all(String bearer, String mailbox, Interval window) {
    List<ListedEntry> ours = new ArrayList<>();
    @Nullable String token = null;
    for (int pages = 0; pages < PAGES; pages++) {
      GooglePage page = api.list(bearer, mailbox, new GoogleSearch(window, token));
      page.events().stream().flatMap(event -> event.listed().stream()).forEach(ours::add);
      token = page.nextPageToken();
      if (token == null) {
        return Listing.Entries.of(ours);
      }
    }
    return new Listing.Unreadable(new CalendarOutcome.Refused("too-many-events"));
  }

  private CalendarOutcome patch(String mailbox, String id, GoogleEvent change) {
    return interpret(
        mailbox,
        id,
        calls.outcomeOf(
            mailbox, bearer -> outcome(api.patch(bearer, mailbox, id, NO_INVITATIONS, change))));
  }

  private CalendarOutcome delete(String mailbox, String id) {
    CalendarOutcome deleted =
        calls.outcomeOf(
            mailbox,
            bearer -> {
              api.delete(bearer, mailbox, id, NO_INVITATIONS);
              return GONE;
            });
    return interpret(mailbox, id, deleted);
  }

  private CalendarOutcome interpret(String mailbox, String id, CalendarOutcome change) {
    return RefusedChange.needsLook(change, GoogleError::isAboutMailbox)
        ? RefusedChange.interpret(change, lookUp(mailbox, id), GoogleError::isAboutMailbox)
        : change;
  }

  private CalendarOutcome lookUp(String mailbox, String id) {
    return calls.outcomeOf(mailbox, bearer -> outcome(api.get(bearer, mailbox, id)));
  }

  /** Called when the id is in use: our event exists, or somebody has deleted it. */
  private CalendarOutcome updateExisting(String mailbox, EntryName name, CalendarEntry entry) {
    CalendarOutcome found = find(mailbox, name);
    return found
        .asExists()
        .map(it -> patch(mailbox, it.externalId(), GoogleEvent.updateOf(entry)))
        .map(RefusedChange::ofExisting)
        .orElse(found);
  }

  private static CalendarOutcome outcome(GoogleEvent event) {
    return event.isDeleted()
        ? GONE
        : new CalendarOutcome.Exists(Objects.requireNonNullElse(event.id(), ""));
  }
}
