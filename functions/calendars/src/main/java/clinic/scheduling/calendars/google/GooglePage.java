package clinic.scheduling.calendars.google;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code events.list}.
 *
 * @param nextPageToken the token that requests the next page; null on the last page
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GooglePage(@Nullable List<GoogleEvent> items, @Nullable String nextPageToken) {

  List<GoogleEvent> events() {
    return items == null ? List.of() : items;
  }
}
