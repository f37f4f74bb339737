package clinic.scheduling.fanout;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.core.hold.Holds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After a notice nobody goes on offering times that were read before it. */
@QuarkusTest
class StaleTimesTest extends SyncCase {
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

  private String moved(String visit, String practitioner) {
    return staff()
        .reschedule(
            visit, start().plus(Duration.ofDays(2)), Optional.empty(), Optional.of(practitioner));
  }

  private String stamp(String practitioner) {
    return holds.taken(practitioner).stamp();
  }
}
