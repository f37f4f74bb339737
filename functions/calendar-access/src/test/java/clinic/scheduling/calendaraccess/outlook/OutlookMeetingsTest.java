package clinic.scheduling.calendaraccess.outlook;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetingsContract;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;

@QuarkusTest
class OutlookMeetingsTest extends CurrentMeetingsContract {
  @Inject OutlookMeetings outlook;

  @Override
  protected CurrentMeetings meetings() {
    return outlook;
  }

  @Override
  protected Faults faults() {
    return sandbox.graph().faults();
  }

  @Override
  protected void make(Interval time, How how) {
    String more =
        switch (how) {
          case BUSY -> "\"showAs\":\"busy\"";
          case FREE -> "\"showAs\":\"free\"";
          case TENTATIVE -> "\"showAs\":\"tentative\"";
          case DECLINED -> "\"responseStatus\":{\"response\":\"declined\"}";
          case CANCELLED -> "\"isCancelled\":true";
          case OURS ->
              "\"singleValueExtendedProperties\":[{\"id\":\"%s\",\"value\":\"%s\"}]"
                  .formatted(EntryStamp.OUTLOOK_PROPERTY, new EntryStamp("visit-1", 0).text());
        };
    people.inOutlook(MAILBOX, time.start(), time.end(), more);
  }

  @Override
  protected void makeAllDay(LocalDate from, LocalDate until) {
    people.inOutlook(
        MAILBOX,
        "\"isAllDay\":true,\"start\":%s,\"end\":%s"
            .formatted(local(from + "T00:00:00"), local(until + "T00:00:00")));
  }

  @Override
  protected void makeDaily(LocalDate first) {
    String recurrence =
        """
        "recurrence":{"pattern":{"type":"daily","interval":1},
          "range":{"type":"noEnd","startDate":"%s"}}"""
            .formatted(first);
    people.inOutlook(
        MAILBOX,
        "\"start\":%s,\"end\":%s,%s"
            .formatted(local(first + "T09:00:00"), local(first + "T09:30:00"), recurrence));
  }

  private static String local(String dateTime) {
    return "{\"dateTime\":\"%s\",\"timeZone\":\"Pacific Standard Time\"}".formatted(dateTime);
  }
}
