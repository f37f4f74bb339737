package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendars.meeting.Planned;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** What a person plans, as JSON of Graph. */
public final class PlannedInOutlook {
  private PlannedInOutlook() {}

  public static String whole(Planned planned) {
    return "{\"subject\":\"%s\",\"isAllDay\":%s,%s%s}"
        .formatted(
            planned.title(),
            planned.allDay(),
            times(planned),
            planned.rule().map(rule -> "," + recurrence(planned)).orElse(""));
  }

  static String times(Planned planned) {
    return "\"start\":%s,\"end\":%s"
        .formatted(time(planned, planned.start()), time(planned, planned.end()));
  }

  static String recurrence(Planned planned) {
    Planned.Rule rule = planned.rule().orElseThrow();
    String range =
        rule.count() == 0
            ? "\"type\":\"noEnd\""
            : "\"type\":\"numbered\",\"numberOfOccurrences\":" + rule.count();
    return "\"recurrence\":{\"pattern\":%s,\"range\":{%s,\"startDate\":\"%s\"}}"
        .formatted(rule.pattern(), range, planned.start().toLocalDate());
  }

  private static String time(Planned planned, LocalDateTime local) {
    return "{\"dateTime\":\"%s\",\"timeZone\":\"%s\"}"
        .formatted(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local), planned.zone());
  }
}
