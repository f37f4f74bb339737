package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.core.Interval;
import jakarta.ws.rs.QueryParam;

/**
 * The parameters of {@code events.instances} that read the instances of one series in a window. One
 * page holds as many as a series may have, and one more.
 */
final class InstancesQuery {
  @QueryParam("timeMin")
  final String from;

  @QueryParam("timeMax")
  final String to;

  @QueryParam("maxResults")
  final int most = MeetingSource.MOST_OF_A_SERIES + 1;

  @QueryParam("maxAttendees")
  final int mostAttendees = 1;

  @QueryParam("fields")
  final String fields = MeetingQuery.FIELDS;

  InstancesQuery(Interval window) {
    this.from = window.start().toString();
    this.to = window.end().toString();
  }
}
