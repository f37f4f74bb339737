package clinic.scheduling.calendaraccess.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetings.Unreadable;
import clinic.scheduling.calendaraccess.meeting.CurrentMeetingsContract;
import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GoogleMeetingsTest extends CurrentMeetingsContract {
  @Inject GoogleMeetings google;

  @Override
  protected CurrentMeetings meetings() {
    return google;
  }

  @Override
  protected Faults faults() {
    return sandbox.google().faults();
  }

  @Override
  protected void make(Interval time, How how) {
    String more =
        switch (how) {
          case BUSY -> "\"transparency\":\"opaque\"";
          case FREE -> "\"transparency\":\"transparent\"";
          case TENTATIVE -> answered("tentative");
          case DECLINED -> answered("declined");
          case CANCELLED -> "\"status\":\"cancelled\"";
          case OURS ->
              "\"extendedProperties\":{\"private\":{\"%s\":\"%s\"}}"
                  .formatted(EntryStamp.GOOGLE_PROPERTY, new EntryStamp("visit-1", 0).text());
        };
    people.inGoogle(MAILBOX, time.start(), time.end(), more);
  }

  private static String answered(String response) {
    return "\"attendees\":[{\"email\":\"%s\",\"self\":true,\"responseStatus\":\"%s\"}]"
        .formatted(MAILBOX, response);
  }

  @Override
  protected void makeAllDay(LocalDate from, LocalDate until) {
    people.inGoogle(
        MAILBOX, "\"start\":{\"date\":\"%s\"},\"end\":{\"date\":\"%s\"}".formatted(from, until));
  }

  @Override
  protected void makeDaily(LocalDate first) {
    people.inGoogle(
        MAILBOX,
        "\"start\":%s,\"end\":%s,\"recurrence\":[\"RRULE:FREQ=DAILY\"]"
            .formatted(local(first, 0), local(first, 30)));
  }

  private static String local(LocalDate day, int minute) {
    return "{\"dateTime\":\"%s\",\"timeZone\":\"%s\"}"
        .formatted(day.atTime(9, minute, 1).atZone(CLINIC).toOffsetDateTime(), CLINIC)
        .replace(":01-", ":00-");
  }

  @Test
  void aForbiddenStatusIsARateLimitIfItsReasonSaysSo() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, LIST, 403, "userRateLimitExceeded", "9", 0));

    assertThat(google.at(MAILBOX, NINE)).isEqualTo(Unreadable.throttled(Duration.ofSeconds(9)));
  }

  @Test
  void anExhaustedQuotaPausesTheMailboxForLonger() {
    faults().add(new Fault(Fault.Kind.STATUS, 1, LIST, 403, "quotaExceeded", null, 0));

    assertThat(google.at(MAILBOX, NINE)).isEqualTo(Unreadable.throttled(Duration.ofMinutes(15)));
  }
}
