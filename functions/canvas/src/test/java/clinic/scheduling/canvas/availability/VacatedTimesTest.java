package clinic.scheduling.canvas.availability;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.availability.VacatedTimes.Shown;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Hold.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A held time becomes free once its appointment has certainly left it. A read of Canvas that may be
 * out of date does not free the time.
 */
class VacatedTimesTest {
  private static final Instant BOOKED_AT = Instant.parse("2026-11-23T17:00:00Z");
  private static final Interval TIME =
      Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));
  private static final Hold HOLD = hold(Optional.of(new Booked("a", BOOKED_AT, false)));
  private static final Hold MADE = hold(Optional.of(new Booked("a", BOOKED_AT, true)));

  @ParameterizedTest(name = "{0} at {1} with {2}: {3} at once, {4} later")
  @CsvSource({
    "proposed,         2026-11-24T17:00:00Z, who,   false, false",
    "pending,          2026-11-24T17:00:00Z, who,   false, false",
    "booked,           2026-11-24T17:00:00Z, who,   false, false",
    "arrived,          2026-11-24T17:00:00Z, who,   false, false",
    "checked-in,       2026-11-24T17:00:00Z, who,   false, false",
    "fulfilled,        2026-11-24T17:00:00Z, who,   false, false",
    "noshow,           2026-11-24T17:00:00Z, who,   false, false",
    "unheard-of,       2026-11-24T17:00:00Z, who,   false, false",
    "proposed,         soon,                 who,   false, false",
    "cancelled,        2026-11-24T17:00:00Z, who,   true,  true",
    "entered-in-error, 2026-11-24T17:00:00Z, who,   true,  true",
    "cancelled,        soon,                 who,   true,  true",
    "waitlist,         2026-11-24T17:00:00Z, who,   false, true",
    "proposed,         2026-11-24T17:05:00Z, who,   false, true",
    "proposed,         2026-11-25T17:00:00Z, who,   false, true",
    "proposed,         2026-11-24T17:00:00Z, other, false, true",
  })
  void whatCanvasShowsDecides(
      String status, String start, String practitioner, boolean atOnce, boolean later) {
    Shown shown = Shown.of(appointment("a", status, start, practitioner));

    assertThat(VacatedTimes.hasLeft(HOLD, "who", shown, BOOKED_AT)).isEqualTo(atOnce);
    assertThat(VacatedTimes.hasLeft(HOLD, "who", shown, BOOKED_AT.plusMillis(29_999)))
        .isEqualTo(atOnce);
    assertThat(VacatedTimes.hasLeft(HOLD, "who", shown, BOOKED_AT.plusSeconds(30)))
        .isEqualTo(later);
    assertThat(VacatedTimes.stillHeld(List.of(HOLD), "who", List.of(shown), BOOKED_AT).isEmpty())
        .isEqualTo(atOnce);
    // This appointment was created at the held time, so a read that shows it elsewhere is not out
    // of date.
    assertThat(VacatedTimes.hasLeft(MADE, "who", shown, BOOKED_AT)).isEqualTo(later);
    assertThat(VacatedTimes.stillHeld(List.of(MADE), "who", List.of(shown), BOOKED_AT).isEmpty())
        .isEqualTo(later);
  }

  @Test
  void anotherAppointmentSaysNothing() {
    Shown other = Shown.of(appointment("b", "cancelled", "2026-11-24T17:00:00Z", "who"));

    assertThat(VacatedTimes.hasLeft(HOLD, "who", other, BOOKED_AT.plusSeconds(60))).isFalse();
  }

  @Test
  void aBookingThatIsUnderWayKeepsItsTime() {
    Hold underWay = hold(Optional.empty());
    Shown gone = Shown.of(appointment("a", "cancelled", "2026-11-24T17:00:00Z", "who"));

    assertThat(VacatedTimes.hasLeft(underWay, "who", gone, BOOKED_AT.plusSeconds(60))).isFalse();
    assertThat(
            VacatedTimes.stillHeld(List.of(underWay), "who", List.of(), BOOKED_AT.plusSeconds(60)))
        .containsExactly(TIME);
  }

  @Test
  void whatASearchDoesNotShowIsHeldUntilItMustBeShown() {
    for (Hold hold : List.of(HOLD, MADE)) {
      List<Hold> one = List.of(hold);
      assertThat(VacatedTimes.stillHeld(one, "who", List.of(), BOOKED_AT.plusMillis(29_999)))
          .containsExactly(TIME);
      assertThat(VacatedTimes.stillHeld(one, "who", List.of(), BOOKED_AT.plusSeconds(30)))
          .isEmpty();
    }
  }

  private static Hold hold(Optional<Booked> booked) {
    return new Hold("bk-1", TIME, BOOKED_AT.plusSeconds(960), booked);
  }

  private static Appointment appointment(
      String id, String status, String start, String practitioner) {
    String end = start.equals("soon") ? "later" : Instant.parse(start).plusSeconds(1800).toString();
    return new Appointment(
        "Appointment",
        id,
        null,
        null,
        status,
        null,
        null,
        null,
        null,
        start,
        end,
        List.of(
            Appointment.Participant.accepted(
                clinic.scheduling.canvas.fhir.Reference.to("Practitioner", practitioner))));
  }
}
