package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If Canvas has a booking twice, the patient gets one confirmation and no cancellation. */
@QuarkusTest
class TwiceBookedTest extends SyncCase {
  @Inject BookingJournal journal;
  @Inject ChangeLog changed;

  @Test
  void theOneThatTheBookingHasNotedIsTold() {
    String patient = patient();
    String known = made(patient);
    journal.note(bookingId, known);
    String other = made(patient);

    deliver(other);
    deliver(known);

    assertThat(messages.sent()).extracting(PatientMessage::appointment).containsOnly(known);
    assertThat(told()).containsExactly("0 booked");
    assertThat(log.text()).contains("twice-booked");
  }

  @Test
  void thatTheOtherOneIsCancelledIsToldToNobody() {
    String patient = patient();
    String known = made(patient);
    journal.note(bookingId, known);
    String other = made(patient);
    deliver(known);
    deliver(other);
    staff().cancel(other);

    deliver(other);

    assertThat(told()).containsExactly("0 booked");
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
  }

  @Test
  void whatWasToldBeforeItWasKnownIsTakenBackInSilence() {
    String patient = patient();
    String other = made(patient);
    deliver(other);
    String known = made(patient);
    journal.note(bookingId, known);
    staff().cancel(other);

    deliver(other);

    assertThat(told()).containsExactly("0 booked");
    assertThat(changed.read(other).orElseThrow().sequence())
        .as("an order that still waits is superseded")
        .isEqualTo(1);
    assertThat(changed.read(other).orElseThrow().sent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "updated", "reconciliation", "second-look"})
  void ifTheOneThatWasNotedIsOffNobodyIsToldThatTheOtherStands(String hint) {
    reconciled();
    String patient = patient();
    String known = made(patient);
    journal.note(bookingId, known);
    String other = made(patient);
    deliver(known);
    deliver(other);
    staff().cancel(known);
    deliverHint(known, "cancelled");

    deliverHint(other, hint);

    assertThat(messages.sent()).extracting(PatientMessage::appointment).containsOnly(known);
    assertThat(told()).containsExactly("0 booked", "1 cancelled");
    assertThat(onlyInOutlook(INGRIDS)).as("the clinician has it in the calendar").isNotNull();
  }

  @Test
  void anotherPatientsVisitUnderTheSameIdentifierIsTold() {
    String known = made(patient());
    journal.note(bookingId, known);
    String other = made(patient());

    deliver(other);

    assertThat(messages.sent()).extracting(PatientMessage::appointment).containsExactly(other);
  }

  @Test
  void aVisitThatStaffHaveMovedIsStillTheOneThatWasNoted() {
    String visit = made(patient());
    journal.note(bookingId, visit);
    deliver(visit);
    String next =
        staff()
            .reschedule(
                visit, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.empty());

    deliver(next);

    assertThat(told()).containsExactly("0 booked", "1 moved");
  }

  private String made(String patient) {
    return appointment(Identifier.usual(OutsideWorld.SYSTEM, bookingId), patient);
  }
}
