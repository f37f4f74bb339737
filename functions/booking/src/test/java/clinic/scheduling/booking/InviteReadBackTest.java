package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A calendar program can read {@code invite.ics} at every stage of a visit. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class InviteReadBackTest extends BookingCase {
  @Inject ChangeLog changeLog;
  @Inject Practice practice;
  @Inject ManageToken tokens;
  @Inject VisitAuthorization authorization;
  @Inject AppointmentAnswer form;

  @Test
  void aVisitIsOneEventFromBookingToCancellation() {
    Instant start = desk.freshStart();
    Instant later = desk.freshStart();
    Answer visit = calls.book(Desk.key(), desk.body(desk.office(start)));
    String link = visit.body().at("/calendar/ics").asText();

    ICalendar before = read(calls.get(link));
    tell(visit.id(), 0, Change.BOOKED);
    ICalendar booked = read(calls.get(link));
    Answer moved = calls.move(visit.id(), visit.token(), Desk.key(), desk.office(later));
    clock.move(Duration.ofSeconds(1));
    ICalendar afterMove = read(calls.get(link)); // before the fan-out has recorded the move
    tell(visit.id(), 1, Change.MOVED);
    assertThat(event(read(calls.get(link))).getSequence().getValue()).isEqualTo(1);
    calls.cancel(visit.id(), visit.token(), Desk.key(), "{}");
    tell(visit.id(), 2, Change.CANCELLED);
    clock.move(Duration.ofSeconds(1));
    ICalendar cancelled = read(calls.get(link));

    assertThat(moved.status()).isEqualTo(200);
    assertThat(List.of(before, booked, afterMove, cancelled))
        .extracting(calendar -> calendar.getMethod().getValue())
        .containsExactly("PUBLISH", "PUBLISH", "PUBLISH", "CANCEL");
    assertThat(List.of(before, booked, afterMove, cancelled))
        .extracting(calendar -> event(calendar).getSequence().getValue())
        .containsExactly(0, 0, 1, 2);
    assertThat(List.of(before, booked, afterMove, cancelled))
        .extracting(calendar -> event(calendar).getUid().getValue())
        .containsOnly(event(before).getUid().getValue());
    assertThat(List.of(before, booked, afterMove, cancelled))
        .extracting(calendar -> event(calendar).getDateStart().getValue().toInstant())
        .containsExactly(start, start, later, later);
    assertThat(event(cancelled).getStatus().isCancelled()).isTrue();
    assertThat(event(afterMove).getStatus().isConfirmed()).isTrue();
    assertThat(event(afterMove).getDateTimeStamp().getValue())
        .isAfter(event(booked).getDateTimeStamp().getValue());
  }

  @Test
  void aMoveByStaffIsTheSameEventAtAnotherTime() {
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String link = visit.body().at("/calendar/ics").asText();
    VEvent before = event(read(calls.get(link)));
    Instant later = desk.freshStart();

    sandbox.canvas().frontDesk().reschedule(visit.id(), later, Optional.empty(), Optional.empty());
    VEvent after = event(read(calls.get(link)));

    assertThat(after.getUid().getValue()).isEqualTo(before.getUid().getValue());
    assertThat(after.getDateStart().getValue().toInstant()).isEqualTo(later);
    assertThat(after.getDateEnd().getValue().toInstant()).isEqualTo(later.plusSeconds(1_800));
    assertThat(after.getStatus().isConfirmed()).isTrue();
  }

  @Test
  void timesAreUtcSoThatNoZoneCanBeReadWrongly() {
    Instant start = desk.freshStart();
    Answer visit = calls.book(Desk.key(), desk.body(desk.office(start)));

    String text = calls.get(visit.body().at("/calendar/ics").asText()).text();

    assertThat(text).containsPattern("\r\nDTSTART:[0-9]{8}T[0-9]{6}Z\r\n");
    assertThat(text).containsPattern("\r\nDTEND:[0-9]{8}T[0-9]{6}Z\r\n");
    assertThat(text).doesNotContain("TZID", "VTIMEZONE");
  }

  @Test
  void namesOfAnyScriptAndLengthArriveAsTheyAre() throws IOException {
    String name = "Praxis Łódź; 診療所, \\ \"Zur Brücke\" " + "глава ".repeat(8).strip();
    String place = "Haus 3; 2. Stock, \\links 😀 " + "é".repeat(60);
    Answer visit = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String document =
        Files.readString(Path.of("../../infra/practice.example.json"))
            .replace("Harbor Health", json(name))
            .replace("Harbor Clinic", json(place));
    ReadAppointment elsewhere =
        new ReadAppointment(
            authorization,
            form,
            PracticeReader.read(document),
            changeLog,
            clock,
            () -> URI.create("https://book.example.invalid"));

    String text = elsewhere.invite(request(visit)).getBody();

    VEvent event = event(parsed(text));
    assertThat(event.getSummary().getValue()).isEqualTo(name);
    assertThat(event.getLocation().getValue()).startsWith(place + ", 1 Pier St");
    assertThat(event.getOrganizer().getCommonName()).isEqualTo(name.replace('"', '\''));
    assertThat(text.split("\r\n", -1))
        .allSatisfy(
            line ->
                assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
  }

  /** Records that the patient was told of a change, as the fan-out does. */
  private void tell(String root, int sequence, Change change) {
    String seen =
        VisitThread.of(root, canvas)
            .flatMap(thread -> PatientFingerprint.of(thread.current()))
            .orElseThrow();
    ChangeRecord next = new ChangeRecord(sequence, change, seen, true);
    assertThat(changeLog.write(root, changeLog.read(root), next)).isTrue();
  }

  private Request request(Answer visit) {
    String token = tokens.forInvite(visit.id(), 0, clock.instant().plusSeconds(60));
    return Events.of("GET", "/appointments/{id}/invite.ics")
        .pathParameter("id", visit.id())
        .query("token=" + token)
        .request();
  }

  private static ICalendar read(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/calendar; charset=utf-8");
    return parsed(answer.text());
  }

  private static ICalendar parsed(String text) {
    List<ICalendar> all = Biweekly.parse(text).all();
    assertThat(all).hasSize(1);
    assertThat(all.get(0).validate(ICalVersion.V2_0).isEmpty()).as(text).isTrue();
    return all.get(0);
  }

  private static VEvent event(ICalendar calendar) {
    assertThat(calendar.getEvents()).hasSize(1);
    return calendar.getEvents().get(0);
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
