package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleMeeting;
import clinic.scheduling.calendars.CalendarOutcome;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.RoundChanges;
import clinic.scheduling.calendars.meeting.RoundTime;
import clinic.scheduling.calendars.meeting.UnusableRoundException;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads meetings by {@code events.list} of Google Calendar v3, with one entry for each instance of
 * a recurring event. The cursor is Google's sync token. It has no window: later rounds report
 * changes at any time, so those outside the window become {@code Removed} here ({@code
 * docs/facts/google.md} 3).
 *
 * <p>Google reports a series that was deleted or shortened as cancelled instances, but only for
 * about six months ahead. So we read all instances of a series of which one comes as cancelled.
 *
 * <p>Google refuses a token that it does not know with 410, and a token that it cannot read or that
 * belongs to other parameters with 400. Both mean that the cursor is of no use.
 */
@Singleton
final class GoogleMeetings implements MeetingSource {
  private static final int PAGES = 40;

  /**
   * The most series whose instances one round reads. With more of them, a full round is cheaper.
   */
  private static final int MOST_SERIES = 50;

  private final GoogleApi api;
  private final GoogleCalls calls;
  private final Clock clock;

  GoogleMeetings(@RestClient GoogleApi api, GoogleCalls calls, Clock clock) {
    this.api = api;
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  public Provider provider() {
    return Provider.GOOGLE;
  }

  @Override
  public MeetingRound readAll(String mailbox, Interval window) {
    return inTime(
        time ->
            calls.<MeetingRound>ask(
                mailbox,
                bearer ->
                    read(bearer, mailbox, window, MeetingQuery.within(window), time)
                        .orElseGet(() -> new MeetingRound.TooMany(MOST_INSTANCES)),
                MeetingRound::failed));
  }

  @Override
  public MeetingRound changesSince(String mailbox, Interval window, String cursor) {
    return inTime(
        time ->
            calls.<MeetingRound>ask(
                mailbox,
                bearer ->
                    read(bearer, mailbox, window, MeetingQuery.since(cursor), time)
                        .orElseGet(MeetingRound.CursorExpired::new),
                failure ->
                    failure.isGone() || GoogleError.isInvalid(failure)
                        ? new MeetingRound.CursorExpired()
                        : MeetingRound.failed(failure)));
  }

  private MeetingRound inTime(Function<RoundTime, MeetingRound> round) {
    try {
      return round.apply(new RoundTime(clock));
    } catch (UnusableRoundException e) {
      return e.toRound();
    }
  }

  /** Reads all pages; empty if there are too many of them. */
  private Optional<MeetingRound> read(
      String bearer, String mailbox, Interval window, MeetingQuery first, RoundTime time) {
    RoundChanges changes = new RoundChanges();
    Set<String> shortened = new LinkedHashSet<>();
    MeetingQuery query = first;
    for (int pages = 0; pages < PAGES && !changes.areTooMany(); pages++) {
      time.requireTimeForRequest();
      MeetingPage page = api.meetings(bearer, mailbox, query);
      for (GoogleMeeting meeting : page.meetings()) {
        Optional<MeetingChange> change = MeetingPage.change(meeting, window);
        if (change.isEmpty()) {
          return Optional.of(refused("unreadable-event"));
        }
        changes.add(change.get());
        meeting.seriesOfCancelled().ifPresent(shortened::add);
      }
      @Nullable String next = page.nextPageToken();
      if (next == null) {
        @Nullable String cursor = page.nextSyncToken();
        return cursor == null
            ? Optional.of(refused("no-sync-token"))
            : complete(mailbox, window, shortened, changes, cursor, time);
      }
      query = query.page(next);
    }
    return Optional.empty();
  }

  /** Reads the instances of these series; empty if there are too many series. */
  private Optional<MeetingRound> complete(
      String mailbox,
      Interval window,
      Set<String> series,
      RoundChanges changes,
      String cursor,
      RoundTime time) {
    if (series.size() > MOST_SERIES) {
      return Optional.empty();
    }
    return Optional.of(
        series.stream()
            // What the round shows under its own id is a single meeting now.
            .filter(id -> !changes.show(id))
            .flatMap(id -> addInstances(mailbox, window, id, changes, time).stream())
            .findFirst()
            .orElseGet(() -> changes.toRound(cursor)));
  }

  /** Adds all that a series has in the window. The answer is empty unless that fails. */
  private Optional<MeetingRound> addInstances(
      String mailbox, Interval window, String series, RoundChanges changes, RoundTime time) {
    time.requireTimeForRequest();
    changes.add(new MeetingChange.Removed(series));
    return calls.ask(
        mailbox,
        bearer -> {
          MeetingPage page = api.instances(bearer, mailbox, series, new InstancesQuery(window));
          if (page.nextPageToken() != null) {
            return Optional.of(new MeetingRound.TooMany(MOST_OF_A_SERIES));
          }
          for (GoogleMeeting instance : page.meetings()) {
            Optional<MeetingChange> change = MeetingPage.change(instance, window);
            if (change.isEmpty()) {
              return Optional.of(refused("unreadable-event"));
            }
            changes.add(change.get());
          }
          return Optional.empty();
        },
        failure ->
            failure.isNotFound() || failure.isGone()
                ? Optional.empty()
                : Optional.of(MeetingRound.failed(failure)));
  }

  private static MeetingRound refused(String code) {
    return new MeetingRound.Unreadable(new CalendarOutcome.Refused(code));
  }
}
