package clinic.scheduling.calendars.google;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendaraccess.meeting.Meeting.Availability;
import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.MeetingSourceContract;
import clinic.scheduling.calendars.meeting.Planned;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class GoogleMeetingsTest extends MeetingSourceContract {
  @Inject GoogleMeetings meetings;
  @Inject GoogleCalendar google;

  @Override
  protected MeetingSource source() {
    return meetings;
  }

  @Override
  protected Calendar calendar() {
    return google;
  }

  @Override
  protected Faults faults() {
    return sandbox.google().faults();
  }

  @Override
  protected String rounds() {
    return "GET .*/events";
  }

  @Override
  protected String noRights() {
    return "forbidden";
  }

  @Override
  protected String make(Planned planned) {
    return by.makeInGoogle(MAILBOX, PlannedInGoogle.whole(planned));
  }

  @Override
  protected void move(String id, Planned to) {
    by.changeInGoogle(MAILBOX, id, "{" + PlannedInGoogle.times(to) + "}");
  }

  @Override
  protected void recur(String id, Planned to) {
    String rule = PlannedInGoogle.recurrence(to.rule().orElseThrow());
    by.changeInGoogle(MAILBOX, id, "{" + rule + "}");
  }

  @Override
  protected void recurNoMore(String id) {
    by.changeInGoogle(MAILBOX, id, "{\"recurrence\":[]}");
  }

  @Override
  protected void rename(String id, String title) {
    by.changeInGoogle(MAILBOX, id, "{\"summary\":\"" + title + "\"}");
  }

  @Override
  protected void delete(String id) {
    by.deleteInGoogle(MAILBOX, id);
  }

  @Override
  protected void decline(String id) {
    by.actInGoogle(MAILBOX, id, "respond", "{\"response\":\"declined\"}");
  }

  @Override
  protected void makePrivate(String id) {
    by.changeInGoogle(MAILBOX, id, "{\"visibility\":\"private\"}");
  }

  @Override
  protected void showAsFree(String id) {
    by.changeInGoogle(MAILBOX, id, "{\"transparency\":\"transparent\"}");
  }

  @Override
  protected void copy(String id, Planned to) {
    String start = to.start().atZone(to.zone()).toOffsetDateTime().toString();
    by.actInGoogle(MAILBOX, id, "copy", "{\"start\":\"" + start + "\"}");
  }

  @Override
  protected void killCursors() {
    by.killSyncTokens();
  }

  @ParameterizedTest
  @CsvSource({
    "default,DEFAULT",
    "focusTime,FOCUS_TIME",
    "outOfOffice,OUT_OF_OFFICE",
    "fromGmail,FROM_GMAIL"
  })
  void eachKindOfEventKeepsItsKind(String type, Meeting.Kind kind) {
    String json = PlannedInGoogle.whole(Planned.at("2027-02-03T09:00"));
    by.makeInGoogle(MAILBOX, json.replaceFirst("\\{", "{\"eventType\":\"" + type + "\","));

    assertThat(only().kind()).isEqualTo(kind);
  }

  @Test
  void anEventThatIsNotCertainIsTentative() {
    String id = make(Planned.at("2027-02-03T09:00"));
    by.changeInGoogle(MAILBOX, id, "{\"status\":\"tentative\"}");

    assertThat(only().availability()).isEqualTo(Availability.TENTATIVE);
  }

  @Test
  void aSeriesThatEndsIsRemovedEvenWhereGoogleReportsNoInstance() {
    by.setSyncRounds("{\"cancelledDaysAhead\":90}");
    Planned five = Planned.at("2027-02-25T09:00").recurring(Planned.Rule.daily(9));
    String shortened = make(five);
    String deleted = make(five);
    assertThat(known().read().all()).hasSize(18);

    recur(shortened, five.recurring(Planned.Rule.daily(2)));
    delete(deleted);

    assertThat(known().read().all())
        .hasSize(2)
        .extracting(Meeting::series)
        .containsOnly(Optional.of(shortened));
  }

  @Test
  void ifTheInstancesOfAShortenedSeriesCannotBeReadTheRoundIsNotUsed() {
    make(Planned.at("2027-02-03T09:00").recurring(Planned.Rule.daily(3)));
    delete(known().read().all().iterator().next().id());
    faults().add(new Fault(Fault.Kind.STATUS, 1, "GET .*/instances", 503, "", null, 0));

    assertThat(source().changesSince(MAILBOX, WINDOW, known().cursor()))
        .isInstanceOf(MeetingRound.Unreadable.class);
    assertThat(known().read().all()).hasSize(2);
  }
}
