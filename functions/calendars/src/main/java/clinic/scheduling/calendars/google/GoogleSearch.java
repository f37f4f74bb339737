package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.core.Interval;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The parameters of {@code events.list} that select our events in a window. */
final class GoogleSearch {
  private static final int PAGE = 250;

  @QueryParam("privateExtendedProperty")
  final String mark = EntryStamp.GOOGLE_MARK + "=" + EntryStamp.GOOGLE_OURS;

  @QueryParam("timeMin")
  final String from;

  @QueryParam("timeMax")
  final String to;

  @QueryParam("singleEvents")
  final boolean singleEvents = true;

  @QueryParam("maxResults")
  final int most = PAGE;

  @QueryParam("pageToken")
  final @Nullable String page;

  GoogleSearch(Interval window, @Nullable String page) {
    this.from = window.start().toString();
    this.to = window.end().toString();
    this.page = page;
  }
}
