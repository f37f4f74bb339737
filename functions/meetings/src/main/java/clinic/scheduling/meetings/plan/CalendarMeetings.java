package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Meetings;
import java.time.ZoneId;
import java.util.List;

/**
 * The meetings of one calendar of a clinician.
 *
 * @param calendar the key of the calendar
 * @param rules which meetings block time
 * @param zone the zone in which all-day meetings begin and end
 * @param window the time whose meetings were read
 */
public record CalendarMeetings(
    String calendar,
    Meetings rules,
    ZoneId zone,
    Interval window,
    State state,
    List<StoredMeeting> meetings) {

  /** How far the meetings can be relied on. */
  public enum State {
    /** All meetings in the window are known. */
    READ,
    /** The calendar has not been read yet. */
    UNREAD,
    /** A guard has stopped the calendar. */
    STOPPED
  }

  public CalendarMeetings {
    meetings = List.copyOf(meetings);
  }
}
