package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleMeeting;
import clinic.scheduling.core.Interval;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code events.list} that read meetings round by round. Google wants the same
 * parameters in every round, except that it refuses a window beside a sync token. Without {@code
 * showDeleted}, a first round shows no deleted events, and later rounds always show them ({@code
 * docs/facts/google.md} 3).
 *
 * <p>We ask only for the fields that we read, so that no description, place or list of guests
 * leaves Google.
 */
final class MeetingQuery {
  /** The fields of a page that we ask for. */
  static final String FIELDS = "nextPageToken,nextSyncToken,items(" + GoogleMeeting.FIELDS + ")";

  private static final int PAGE = 250;

  @QueryParam("timeMin")
  final @Nullable String from;

  @QueryParam("timeMax")
  final @Nullable String to;

  @QueryParam("syncToken")
  final @Nullable String cursor;

  @QueryParam("pageToken")
  final @Nullable String page;

  @QueryParam("singleEvents")
  final boolean singleEvents = true;

  @QueryParam("maxResults")
  final int most = PAGE;

  /** If there are more attendees, Google returns only the owner of the calendar. */
  @QueryParam("maxAttendees")
  final int mostAttendees = 1;

  @QueryParam("fields")
  final String fields = FIELDS;

  private MeetingQuery(
      @Nullable String from, @Nullable String to, @Nullable String cursor, @Nullable String page) {
    this.from = from;
    this.to = to;
    this.cursor = cursor;
    this.page = page;
  }

  /** Asks for all meetings in the window. */
  static MeetingQuery within(Interval window) {
    return new MeetingQuery(window.start().toString(), window.end().toString(), null, null);
  }

  /** Asks for the changes since the round that returned the sync token. */
  static MeetingQuery since(String cursor) {
    return new MeetingQuery(null, null, cursor, null);
  }

  /** Asks for a later page of the same round. */
  MeetingQuery page(String token) {
    return new MeetingQuery(from, to, cursor, token);
  }
}
