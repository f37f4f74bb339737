package clinic.scheduling.calendars.google;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
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
}
