package clinic.scheduling.fanout;

import static clinic.scheduling.sandbox.canvas.Fault.status;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** For a moment, Canvas may show only a part of a visit. The simulation found these cases. */
@QuarkusTest
class HiddenThreadTest extends SyncCase {

  @Test
  void aSuccessorThatIsShownOnlyAfterTheTurnWasTakenMovesTheOneEntry() {
    String visit = booked();
    deliver(visit);
    String next = movedByStaff(visit);
    sandbox.canvas().faults().add(status(404, "GET", "/Appointment/" + next).times(1));

    assertThat(deliver(next)).hasSize(1);
    assertThat(deliver(next)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    assertThat(calendars.google(INGRIDS)).hasSize(1);
  }

  @Test
  void theLaterPartOfAThreadIsNoVisitOfItsOwn() {
    String visit = booked();
    deliver(visit);
    String next = movedByStaff(visit);
    hide(visit);

    assertThat(deliver(next)).hasSize(1);
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    assertThat(told()).containsExactly("0 booked");

    sandbox.canvas().faults().clear();
    assertThat(deliver(next)).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    assertThat(told()).containsExactly("0 booked", "1 moved");
  }

  @Test
  void whatWasMadeOfAPartAfterAWhileGoesWhenTheFirstAppointmentIsShown() {
    String visit = booked();
    deliver(visit);
    String next = movedByStaff(visit);
    hide(visit);
    ChangeNotice notice = ChangeNotice.of(next, "updated", "n-2", clock.instant(), bookingId);
    clock.move(Duration.ofMinutes(6));
    assertThat(deliver(notice, "m-2")).isEmpty();
    assertThat(calendars.outlook(INGRIDS)).hasSize(2);
    assertThat(deliver(next)).as("it does not wait again").isEmpty();
    sandbox.canvas().faults().clear();

    assertThat(deliver(next)).isEmpty();

    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    assertThat(calendars.google(INGRIDS)).hasSize(1);
  }

  private void hide(String visit) {
    Fault hidden = status(404, "GET", "/Appointment/" + visit).times(Fault.UNTIL_CLEARED);
    sandbox.canvas().faults().add(hidden);
  }

  private String movedByStaff(String visit) {
    return staff()
        .reschedule(visit, start().plus(Duration.ofDays(3)), Optional.empty(), Optional.empty());
  }
}
