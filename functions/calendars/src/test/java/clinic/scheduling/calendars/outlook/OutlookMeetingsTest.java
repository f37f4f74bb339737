package clinic.scheduling.calendars.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendaraccess.meeting.Meeting;
import clinic.scheduling.calendars.Calendar;
import clinic.scheduling.calendars.meeting.MeetingRound;
import clinic.scheduling.calendars.meeting.MeetingSource;
import clinic.scheduling.calendars.meeting.MeetingSourceContract;
import clinic.scheduling.calendars.meeting.Planned;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutlookMeetingsTest extends MeetingSourceContract {
  @Inject OutlookMeetings meetings;
  @Inject OutlookCalendar outlook;

  @Override
  protected MeetingSource source() {
    return meetings;
  }

  @Override
  protected Calendar calendar() {
    return outlook;
  }

  @Override
  protected Faults faults() {
    return sandbox.graph().faults();
  }

  @Override
  protected String rounds() {
    return "GET .*/calendarView/delta";
  }

  @Override
  protected String noRights() {
    return "ErrorAccessDenied";
  }

  @Override
  protected String make(Planned planned) {
    return by.makeInOutlook(MAILBOX, PlannedInOutlook.whole(planned));
  }

  @Override
  protected void move(String id, Planned to) {
    String rule = to.rule().map(it -> "," + PlannedInOutlook.recurrence(to)).orElse("");
    change(id, PlannedInOutlook.times(to) + rule);
  }

  @Override
  protected void recur(String id, Planned to) {
    change(id, PlannedInOutlook.recurrence(to));
  }

  @Override
  protected void recurNoMore(String id) {
    change(id, "\"recurrence\":null");
  }

  @Override
  protected void rename(String id, String title) {
    change(id, "\"subject\":\"" + title + "\"");
  }

  @Override
  protected void delete(String id) {
    by.deleteInOutlook(MAILBOX, id);
  }

  @Override
  protected void decline(String id) {
    change(id, "\"responseStatus\":{\"response\":\"declined\",\"time\":\"2027-01-01T00:00:00Z\"}");
  }

  @Override
  protected void makePrivate(String id) {
    change(id, "\"sensitivity\":\"private\"");
  }

  @Override
  protected void showAsFree(String id) {
    change(id, "\"showAs\":\"free\"");
  }

  @Override
  protected void copy(String id, Planned to) {
    JsonNode entry =
        by.outlook(MAILBOX).stream()
            .filter(event -> event.path("id").asText().equals(id))
            .findFirst()
            .orElseThrow();
    StringBuilder stamps = new StringBuilder();
    entry
        .path("singleValueExtendedProperties")
        .properties()
        .forEach(
            it ->
                stamps.append(
                    "{\"id\":\"%s\",\"value\":%s}".formatted(it.getKey(), it.getValue())));
    String copy = PlannedInOutlook.whole(to);
    by.makeInOutlook(
        MAILBOX,
        copy.substring(0, copy.length() - 1)
            + (",\"singleValueExtendedProperties\":[" + stamps + "]}"));
  }

  @Override
  protected void killCursors() {
    by.killDeltaLinks("syncStateNotFound");
  }

  @Test
  void aLinkThatSaysResyncIsDeadToo() {
    known().read();
    by.killDeltaLinks("resyncRequired");

    assertThat(source().changesSince(MAILBOX, WINDOW, known().cursor()))
        .isEqualTo(new MeetingRound.CursorExpired());
  }

  @Test
  void aChangedInstanceOfWhichDeltaShowsNothingIsReadElsewhere() {
    by.setDelta("{\"bareExceptions\":true,\"repeatEvery\":1}");
    make(Planned.at("2027-02-03T09:00").recurring(Planned.Rule.daily(3)));
    String second = known().read().all().iterator().next().id();

    makePrivate(second);

    assertThat(withId(known().read(), second).isPrivate()).isTrue();
    assertThat(known().all()).filteredOn(Meeting::isPrivate).hasSize(1);
  }

  @Test
  void aMeetingThatWasCancelledByItsOrganizerIsCancelled() {
    String id = make(Planned.at("2027-02-03T09:00"));
    known().read();

    change(id, "\"isCancelled\":true");

    assertThat(withId(known().read(), id).isCancelled()).isTrue();
  }

  @Test
  void ifTheStampsCannotBeReadTheRoundIsNotUsed() {
    make(Planned.at("2027-02-03T09:00"));
    faults().add(new Fault(Fault.Kind.STATUS, 1, "GET .*/calendarView$", 503, "", null, 0));

    assertThat(source().readAll(MAILBOX, WINDOW)).isInstanceOf(MeetingRound.Unreadable.class);
  }

  private void change(String id, String members) {
    by.changeInOutlook(MAILBOX, id, "{" + members + "}");
  }
}
