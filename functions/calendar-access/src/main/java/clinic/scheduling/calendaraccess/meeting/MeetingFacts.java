package clinic.scheduling.calendaraccess.meeting;

import clinic.scheduling.calendaraccess.meeting.Meeting.Answer;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendaraccess.meeting.Meeting.Kind;
import clinic.scheduling.calendaraccess.meeting.Meeting.When;

/** What decides whether a meeting blocks time. Each of these is explained at {@link Meeting}. */
public interface MeetingFacts {
  When when();

  Availability availability();

  Kind kind();

  Answer answer();

  boolean isCancelled();

  boolean isOurs();
}
