package clinic.scheduling.calendaraccess.google;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code events.list}, with the fields that decide whether a meeting blocks time. Texts
 * of meetings are not asked for.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GoogleList(@Nullable List<GoogleMeeting> items, @Nullable String nextPageToken) {

  /** What we ask for. */
  static final String FIELDS = "nextPageToken,items(" + GoogleMeeting.FIELDS_OF_FACTS + ")";

  /**
   * @throws DateTimeException if an event cannot be understood
   */
  List<Meeting.Facts> meetings() {
    return Stream.ofNullable(items)
        .flatMap(List::stream)
        .filter(event -> !event.isDeleted())
        .map(GoogleList::facts)
        .toList();
  }

  private static Meeting.Facts facts(GoogleMeeting event) {
    return event.facts().orElseThrow(() -> new DateTimeException("an event without its times"));
  }

  boolean isWhole() {
    return nextPageToken == null;
  }
}
