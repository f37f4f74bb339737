package clinic.scheduling.fanout;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change is found even if Canvas announces it some seconds before a read shows it. */
@QuarkusTest
class DelayedRecheckTest extends SyncCase {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void whatCanvasShowsOnlyAfterItHasToldOfItIsFound() {
    String visit = booked();
    deliver(visit);
    changes.clear();
    String before = onlyInOutlook(INGRIDS).path("start").toString();
    staff().reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());
    sandbox
        .canvas()
        .faults()
        .add(Fault.once(Fault.Kind.STALE_READ, "GET", "/Appointment/").times(9));
    assertThat(deliver(visit)).isEmpty();
    assertThat(onlyInOutlook(INGRIDS).path("start").toString()).isEqualTo(before);
    sandbox.canvas().faults().clear();

    assertThat(changes.due()).isEmpty();
    clock.move(TEN_SECONDS);
    assertThat(changes.due()).hasSize(1);
    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("start").toString()).isNotEqualTo(before);
    assertThat(told()).containsExactly("0 booked", "1 moved");
    assertThat(changes.sent()).as("there is no third").hasSize(1);
  }

  @Test
  void whatHasWaitedForAsLongIsLookedAtOnce() {
    String visit = booked();
    ChangeNotice notice = notice(visit, TEN_SECONDS.negated());

    assertThat(deliver(notice, "m-1")).isEmpty();

    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void whatTookLongIsLookedAtAgainAtOnce() {
    String visit = booked();
    ChangeNotice notice = notice(visit, Duration.ofSeconds(-6));
    messages.meanwhile(() -> clock.move(Duration.ofSeconds(4)));

    assertThat(deliver(notice, "m-1")).isEmpty();

    assertThat(changes.due()).hasSize(1);
  }

  @Test
  void calendarsAreNotAskedAgainWhereNothingHasChanged() {
    String visit = booked();
    deliver(visit);
    clock.move(TEN_SECONDS);
    int before = calledCalendars();

    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();

    assertThat(calledCalendars()).isEqualTo(before);
  }

  @Test
  void ofAPatientEachVisitIsLookedAtAgainWithTheNotice() {
    String patient = patient();
    appointment(Identifier.usual(OutsideWorld.SYSTEM, bookingId), patient);
    ChangeNotice ofPatient = ChangeNotice.ofPatient(patient, "booked", "n-1", clock.instant());
    deliver(ofPatient, "m-1");
    appointment(Identifier.usual("urn:example:other", "x-1"), patient);
    clock.move(TEN_SECONDS);

    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();
    List<ChangeNotice> each = changes.due().subList(1, 3);
    each.forEach(one -> assertThat(deliver(one, UUID.randomUUID().toString())).isEmpty());

    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
    assertThat(changes.sent()).as("there is no third").hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {ChangeNotice.RECONCILIATION, ChangeNotice.CALENDARS_ONLY})
  void whatReconciliationAsksForIsLookedAtOnce(String hint) {
    String visit = booked();

    deliver(ChangeNotice.of(visit, hint, "n-1", clock.instant(), visit), "m-1");

    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void aNoticeThatHintsAtNothingIsLookedAtTwiceToo() {
    String body =
        """
        {"v":1,"appointment":"%s","noticeId":"n-1","receivedAt":"%s"}"""
            .formatted(booked(), clock.instant());

    assertThat(deliverText(body, "m-1")).isEmpty();

    assertThat(changes.sent()).hasSize(1);
  }

  @Test
  void aReceiverWhoseClockIsAheadMakesNoEndlessLooks() {
    String visit = booked();

    assertThat(deliver(notice(visit, Duration.ofMinutes(2)), "m-1")).isEmpty();
    clock.move(TEN_SECONDS);
    assertThat(changes.due()).hasSize(1);
    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();

    assertThat(changes.sent()).hasSize(1);
  }

  @Test
  void aFirstLookThatFailedComesBackByItself() {
    String visit = booked();
    sandbox.canvas().faults().add(status(503, "GET", "/Appointment/" + visit).times(1));

    assertThat(deliver(visit)).hasSize(1);

    assertThat(changes.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "APPOINTMENT_CREATED", "booked"})
  void aNewVisitThatIsNotClearAtTheFirstLookIsToldByTheSecond(String hint) {
    String visit = ofStaff();
    staff().show(visit, "waitlist");
    deliverHint(visit, hint);
    assertThat(told()).isEmpty();
    staff().show(visit, "booked");
    clock.move(TEN_SECONDS);

    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();

    assertThat(told()).containsExactly("0 booked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rescheduled", "APPOINTMENT_RESCHEDULED"})
  void aMoveThatIsNotClearAtTheFirstLookIsToldByTheSecond(String hint) {
    String visit = ofStaff();
    String next =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());
    staff().show(next, "waitlist");
    deliverHint(next, hint);
    staff().show(next, "booked");
    clock.move(TEN_SECONDS);

    assertThat(deliver(changes.due().get(0), "m-2")).isEmpty();

    assertThat(told()).containsExactly("0 moved");
  }

  private int calledCalendars() {
    return log.text().split("calendar-called", -1).length;
  }

  private ChangeNotice notice(String visit, Duration received) {
    return ChangeNotice.of(visit, "created", "n-1", clock.instant().plus(received), bookingId);
  }
}
