package clinic.scheduling.fanout;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Hold;
import clinic.scheduling.core.hold.Holds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After a notice, lookups no longer offer times that were read before it. */
@QuarkusTest
class InvalidateAvailabilityTest extends SyncCase {
  @Inject Holds holds;

  @Test
  void aNoticeMakesTheTimesOfItsClinicianStaleAndNoOthers() {
    String visit = booked();
    String ingrids = stamp(INGRID);
    String omars = stamp(OMAR);

    deliver(visit);

    assertThat(stamp(INGRID)).isNotEqualTo(ingrids);
    assertThat(stamp(OMAR)).isEqualTo(omars);
  }

  @Test
  void aRepeatDoesNoHarm() {
    String visit = booked();
    Interval promised = Interval.of(start(), Duration.ofMinutes(30));
    holds.hold(INGRID, bookingId, promised, Duration.ofMinutes(5));
    deliver(visit);
    String once = stamp(INGRID);

    assertThat(deliver(visit)).isEmpty();

    assertThat(stamp(INGRID)).as("times may have changed again").isNotEqualTo(once);
    assertThat(holds.taken(INGRID).times()).containsExactly(promised);
  }

  @Test
  void blockedTimeCountsAsWell() {
    String block = blocked("staff-made");
    String before = stamp(INGRID);

    deliver(block);

    assertThat(stamp(INGRID)).isNotEqualTo(before);
  }

  @Test
  void aVisitThatMovesOnLeavesFreeTimeWithEverybodyWhoHadIt() {
    String visit = booked();
    String second = moved(visit, OMAR);
    String third = moved(second, INGRID);
    String ingrids = stamp(INGRID);
    String omars = stamp(OMAR);

    deliver(third);

    assertThat(stamp(INGRID)).isNotEqualTo(ingrids);
    assertThat(stamp(OMAR)).as("had it in between").isNotEqualTo(omars);
  }

  @Test
  void aVisitThatCanvasForgotLeavesFreeTimeWhereItWasMirrored() {
    String visit = booked();
    deliver(visit);
    String before = stamp(INGRID);
    sandbox.canvas().faults().add(status(404, "GET", "/Appointment").times(9));

    assertThat(deliver(visit)).isEmpty();
    assertThat(log.text()).contains("vanished-appointment");

    assertThat(stamp(INGRID)).isNotEqualTo(before);
  }

  @Test
  void anAppointmentThatNobodyKnowsIsNobodysTime() {
    String before = stamp(INGRID) + stamp(OMAR);

    deliver("0a1b2c3d-0000-4000-8000-00000000dead");

    assertThat(stamp(INGRID) + stamp(OMAR)).isEqualTo(before);
  }

  @Test
  void aNoticeThatCouldNotSaySoComesBack() {
    String visit = booked();
    String before = stamp(INGRID);
    rows.loseAfter(1);

    assertThat(deliver(visit, "m-1")).hasSize(1);
    assertThat(calendars.outlook(INGRIDS)).as("nothing was begun").isEmpty();

    rows.recover();
    clock.move(LEASE);
    assertThat(deliver(visit, "m-1")).isEmpty();
    assertThat(stamp(INGRID)).isNotEqualTo(before);
    onlyInOutlook(INGRIDS);
  }

  @Test
  void aTimeThatStaffFreeByCancellingIsGivenBack() {
    String visit = booked();
    Interval time = held(visit);
    staff().cancel(visit);

    deliver(visit);

    assertThat(holds.taken(INGRID).times()).isEmpty();
    assertThat(holds.hold(INGRID, "another", time, Duration.ofMinutes(5))).isTrue();
  }

  @Test
  void aTimeThatStaffFreeThroughTheWaitlistIsGivenBackAtOnce() {
    String visit = booked();
    held(visit);
    staff().show(visit, "waitlist");

    deliver(visit);

    assertThat(holds.taken(INGRID).times()).isEmpty();
  }

  @Test
  void aTimeThatStaffFreeByMovingIsGivenBack() {
    String visit = booked();
    held(visit);

    deliver(moved(visit, OMAR));

    assertThat(holds.taken(INGRID).times()).isEmpty();
  }

  @Test
  void aVisitThatStaffMoveThereAndBackLeavesNothingHeldThatItDoesNotTake() {
    String visit = booked();
    Interval time = held(visit);
    String second = moved(visit, OMAR);
    String third =
        staff().reschedule(second, timeOf(visit).start(), Optional.empty(), Optional.of(INGRID));

    deliver(third);

    assertThat(timeOf(third)).as("Canvas itself says that it is taken").isEqualTo(time);
    assertThat(holds.taken(INGRID).times()).isEmpty();
  }

  @Test
  void aNewerHolderKeepsTheTime() {
    String visit = booked();
    Interval time = held(visit);
    staff().cancel(visit);
    deliver(visit);
    holds.hold(INGRID, "another", time, Duration.ofMinutes(5), "other");

    deliver(visit);

    assertThat(holds.taken(INGRID).holds()).extracting(Hold::owner).containsExactly("another");
  }

  @Test
  void aVisitThatStandsKeepsItsTime() {
    String visit = booked();
    Interval time = held(visit);
    clock.move(Duration.ofMinutes(2));

    deliver(visit);

    assertThat(holds.taken(INGRID).times()).containsExactly(time);
  }

  @Test
  void aMoveThatIsUnderWayKeepsItsNewTime() {
    String visit = booked();
    Interval wanted = Interval.of(start().plus(Duration.ofDays(1)), Duration.ofMinutes(30));
    holds.hold(INGRID, bookingId, wanted, Duration.ofMinutes(5));
    clock.move(Duration.ofMinutes(2));

    deliver(visit);

    assertThat(holds.taken(INGRID).times()).containsExactly(wanted);
  }

  @Test
  void aMoveThatCanvasDoesNotShowYetKeepsItsNewTime() {
    String visit = booked();
    Interval moved = Interval.of(start().plus(Duration.ofDays(1)), Duration.ofMinutes(30));
    holds.hold(INGRID, bookingId, moved, Duration.ofMinutes(16), visit);

    deliver(visit);
    List<Interval> atOnce = holds.taken(INGRID).times();
    clock.move(Duration.ofSeconds(30));
    deliver(visit);

    assertThat(atOnce).containsExactly(moved);
    assertThat(holds.taken(INGRID).times()).as("it never went there").isEmpty();
  }

  @Test
  void aTimeOfWhichCanvasCannotBeAskedComesBack() {
    String visit = booked();
    held(visit);
    staff().cancel(visit);
    sandbox.canvas().faults().add(status(503, "GET", "/Appointment").times(9));

    assertThat(deliver(visit)).hasSize(1);
    assertThat(holds.taken(INGRID).times()).hasSize(1);

    sandbox.canvas().faults().clear();
    clock.move(LEASE);
    assertThat(deliver(visit)).isEmpty();
    assertThat(holds.taken(INGRID).times()).isEmpty();
  }

  /** The hold that a booking leaves behind. */
  private Interval held(String visit) {
    Interval time = timeOf(visit);
    holds.holdCreated(INGRID, bookingId, time, Duration.ofMinutes(16), visit);
    return time;
  }

  private Interval timeOf(String visit) {
    return canvas.appointment(visit).orElseThrow().resource().time().orElseThrow();
  }

  private String moved(String visit, String practitioner) {
    return staff()
        .reschedule(
            visit, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.of(practitioner));
  }

  private String stamp(String practitioner) {
    return holds.taken(practitioner).stamp();
  }
}
