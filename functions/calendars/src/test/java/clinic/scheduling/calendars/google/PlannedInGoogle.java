package clinic.scheduling.calendars.google;

import clinic.scheduling.calendars.meeting.Planned;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What a person plans, as JSON of Google Calendar. */
public final class PlannedInGoogle {
  private PlannedInGoogle() {}

  public static String whole(Planned planned) {
    return "{\"summary\":\"%s\",%s%s}"
        .formatted(
            planned.title(),
            times(planned),
            planned.rule().map(rule -> "," + recurrence(rule)).orElse(""));
  }

  static String times(Planned planned) {
    return "\"start\":%s,\"end\":%s"
        .formatted(time(planned, planned.start()), time(planned, planned.end()));
  }

  static String recurrence(Planned.Rule rule) {
    String end = rule.count() == 0 ? "" : ";COUNT=" + rule.count();
    return "\"recurrence\":[\"RRULE:" + rule.rrule() + end + "\"]";
  }

  private static String time(Planned planned, LocalDateTime local) {
    return planned.allDay()
        ? "{\"date\":\"" + local.toLocalDate() + "\"}"
        : "{\"dateTime\":\"%s\",\"timeZone\":\"%s\"}"
            .formatted(
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atZone(planned.zone())),
                planned.zone());
  }
}
