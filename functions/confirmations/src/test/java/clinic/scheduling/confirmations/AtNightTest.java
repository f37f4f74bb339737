package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.Consent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts wake no patient, and no patient gets more of them than the practice allows. */
@QuarkusTest
@TestProfile(Strict.class)
class AtNightTest extends SendMessageCase {
  private static final ZoneId CLINIC = ZoneId.of("America/Los_Angeles");

  @Test
  void aTextMessageWaitsForTheMorningAndTheMailDoesNot() {
    at(LocalTime.of(23, 15), CLINIC);
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("email")).hasSize(1);
    assertThat(sent("sms")).isEmpty();
    List<PatientMessage> rested = atMorning(CLINIC);
    assertThat(rested).extracting(PatientMessage::messageKey).containsExactly(visit + "#0");
    deliver(visit, 0, Change.BOOKED);

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("email")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"Asia/Tokyo, true", "America/Los_Angeles, false"})
  void itIsTheNightOfThePatientThatCounts(String zone, boolean waits) {
    at(LocalTime.NOON, CLINIC);
    new Consent(true, true, Optional.empty(), Optional.of(zone)).write(bookingId, rows, clock);
    String visit = appointment(newPatient());
    tell(visit, 0, Change.BOOKED);

    assertThat(sent("sms")).hasSize(waits ? 0 : 1);
  }

  @Test
  void whatCouldBeMissedIsToldAtNight() {
    at(LocalTime.of(23, 15), CLINIC);
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String patient = newPatient();
    String visit = appointment(patient);
    update(visit, patient, "proposed", clock.instant().plus(Duration.ofHours(9)));
    tell(visit, 0, Change.BOOKED);

    assertThat(sent("sms")).as("at 8:15 in the morning").hasSize(1);
  }

  @Test
  void aVisitEarlyInTheMorningThatIsMovedAwayIsToldAtNight() {
    at(LocalTime.NOON, CLINIC);
    new Consent(true, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String patient = newPatient();
    String visit = appointment(patient);
    update(visit, patient, "proposed", clock.instant().plus(Duration.ofHours(68)));
    tell(visit, 0, Change.BOOKED);
    at(LocalTime.of(23, 0), CLINIC);
    clock.move(Duration.ofDays(2));
    moveByStaff(visit, clock.instant().plus(Duration.ofDays(20)));
    tell(visit, 1, Change.MOVED);

    assertThat(sent("sms")).as("or the patient would set out at 7").hasSize(2);
  }

  @Test
  void ofTwoChangesOvernightTheMorningTellsOne() {
    at(LocalTime.of(22, 0), CLINIC);
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    moveByStaff(visit, start().plus(Duration.ofDays(1)));
    tell(visit, 1, Change.MOVED);
    atMorning(CLINIC)
        .forEach(
            order ->
                deliver(
                    visit,
                    Integer.parseInt(order.messageKey().substring(visit.length() + 1)),
                    Change.of(order.change()).orElseThrow()));

    assertThat(sent("email")).hasSize(2);
    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("sms").get(0).text()).contains("you are booked for");
  }

  @Test
  void aSecondTextOfTheDayIsLeftToTheMail() {
    at(LocalTime.NOON, CLINIC);
    String first = booked();
    deliver(first, 0, Change.BOOKED);
    String second = appointment(patient(true));
    tell(second, 0, Change.BOOKED);

    assertThat(sent("sms")).hasSize(1);
    assertThat(sent("email")).hasSize(2);
    assertThat(log.text()).contains("sms-limit channel=sms");
  }

  @Test
  void whereThereIsNoMailAChangeIsToldByTextAllTheSame() {
    at(LocalTime.NOON, CLINIC);
    new Consent(false, true, Optional.empty(), Optional.empty()).write(bookingId, rows, clock);
    String visit = appointment(newPatient());
    tell(visit, 0, Change.BOOKED);
    sandbox.canvas().frontDesk().cancel(visit);
    tell(visit, 1, Change.CANCELLED);

    assertThat(sent("sms")).hasSize(2);
  }

  @Test
  void aFourthTextInSevenDaysIsLeftToTheMail() {
    at(LocalTime.NOON, CLINIC);
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    for (int change = 1; change < 5; change++) {
      clock.move(Duration.ofDays(1));
      moveByStaff(visit, start().plus(Duration.ofDays(change)));
      tell(visit, change, Change.MOVED);
    }

    assertThat(sent("email")).hasSize(5);
    assertThat(sent("sms")).hasSize(3);
    clock.move(Duration.ofDays(3));
    moveByStaff(visit, start().plus(Duration.ofDays(40)));
    tell(visit, 5, Change.MOVED);
    assertThat(sent("sms")).as("a week after the first").hasSize(4);
  }

  @Test
  void aChangeThatThePracticeKeepsToItselfIsNotTold() {
    at(LocalTime.NOON, CLINIC);
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    sandbox
        .canvas()
        .frontDesk()
        .reschedule(
            visit, start(), Optional.empty(), Optional.of("3f8a9b7c6d5e4f10a293847561bbccdd"));
    tell(visit, 1, Change.PRACTITIONER_CHANGED);

    assertThat(sent("email")).hasSize(1);
    assertThat(log.text()).contains("switched-off channel=email");
  }

  @Test
  void eachMessageIsNotedInTheChartOnce() {
    at(LocalTime.NOON, CLINIC);
    String visit = booked();
    deliver(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(rows.read(MessageRequest.row(visit, "0", Channel.CHART)).orElseThrow().fields())
        .containsEntry("state", "DONE");
    assertThat(log.text()).containsOnlyOnce("message-sent channel=chart");
  }

  private void at(LocalTime time, ZoneId zone) {
    ZonedDateTime now = clock.instant().atZone(zone);
    ZonedDateTime then = now.with(time);
    clock.move(Duration.between(now, then.isBefore(now) ? then.plusDays(1) : then));
  }

  private List<PatientMessage> atMorning(ZoneId zone) {
    Instant evening = clock.instant();
    at(LocalTime.of(8, 0), zone);
    List<PatientMessage> rested = new ArrayList<>();
    new DeferredMessages(rows, clock)
        .handOver(
            evening,
            clock.instant(),
            page -> {
              page.forEach(one -> rested.add(one.request()));
              return true;
            });
    return rested;
  }
}
