package clinic.scheduling.benchmark.meetings;

import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Meetings;
import clinic.scheduling.sandbox.canvas.LargeWorld;

/**
 * The only calendar of a clinician of {@link LargeWorld}: in Outlook if the clinician's number is
 * odd, otherwise in Google.
 */
record MeetingCalendar(int clinician) {

  Provider provider() {
    return clinician % 2 == 1 ? Provider.OUTLOOK : Provider.GOOGLE;
  }

  String address() {
    return "clinician-%03d@example.invalid".formatted(clinician);
  }

  /** The key of the binding in queue messages and logs. */
  String binding() {
    return new CalendarBinding(
            provider(), address(), Policy.BUSY, false, Direction.BOTH, Meetings.DEFAULT)
        .key();
  }

  String providerName() {
    return provider() == Provider.OUTLOOK ? "outlook" : "google";
  }

  /** The control call that gives the clinician the calendar. */
  String opened() {
    return provider() == Provider.OUTLOOK
        ? "/graph-control/mailboxes/" + address()
        : "/google-control/calendars/" + address();
  }
}
