package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleMeeting;
import clinic.scheduling.calendars.meeting.MeetingChange;
import clinic.scheduling.core.Interval;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code events.list}, with the fields that {@link MeetingQuery} asks for.
 *
 * @param nextPageToken the token that requests the next page; null on the last page
 * @param nextSyncToken the token that begins the next round; null on all pages but the last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MeetingPage(
    @Nullable List<GoogleMeeting> items,
    @Nullable String nextPageToken,
    @Nullable String nextSyncToken) {

  List<GoogleMeeting> meetings() {
    return items == null ? List.of() : items;
  }

  /**
   * What an event says about a window. A sync round also reports changes outside the window.
   *
   * @return empty if the event cannot be understood
   */
  static Optional<MeetingChange> change(GoogleMeeting event, Interval window) {
    if (event.isDeleted()) {
      return Optional.ofNullable(event.id()).map(MeetingChange.Removed::new);
    }
    return event
        .meeting()
        .map(
            meeting ->
                meeting.overlaps(window)
                    ? new MeetingChange.Present(meeting)
                    : new MeetingChange.Removed(meeting.id()));
  }
}
