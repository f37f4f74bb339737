package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.confirmations.render.ReadMail;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.sandbox.canvas.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * If one read of Canvas does not show the recorded state, the request is redelivered. No message is
 * lost or wrong.
 */
@QuarkusTest
class RecordedStateTest extends SendMessageCase {

  @ParameterizedTest
  @ValueSource(strings = {"/Appointment", "/Patient"})
  void whatCanvasDoesNotShowOnceIsToldTheNextTime(String blind) {
    String visit = booked();
    sandbox.canvas().faults().add(Fault.status(404, "GET", blind));

    deliverInVain(visit, 0, Change.BOOKED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
  }

  @Test
  void aStaleReadNeverTellsTheOldTime() throws Exception {
    String patient = patient(true);
    String visit = appointment(patient);
    told(visit, 0, Change.BOOKED);
    update(visit, patient, "proposed", start().plus(Duration.ofDays(1)));
    told(visit, 1, Change.MOVED);
    stale();

    deliverInVain(visit, 1, Change.MOVED);
    deliver(visit, 1, Change.MOVED);

    assertThat(sent("email")).hasSize(1);
    byte[] mail = Base64.getDecoder().decode(sent("email").get(0).raw());
    assertThat(new ReadMail(mail).event().getDateStart().getValue().toInstant())
        .isEqualTo(start().plus(Duration.ofDays(1)));
  }

  @Test
  void aStaleReadOfACancelledVisitDoesNotSilenceItsCancellation() {
    String visit = booked();
    sandbox.canvas().frontDesk().cancel(visit);
    told(visit, 1, Change.CANCELLED);
    stale();

    deliverInVain(visit, 1, Change.CANCELLED);
    deliver(visit, 1, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).hasSize(2);
  }

  @Test
  void whatHasChangedSinceWaitsAndIsSupersededAsSoonAsThatIsRecorded() {
    String visit = booked();
    sandbox.canvas().frontDesk().cancel(visit);

    deliverInVain(visit, 0, Change.BOOKED);
    told(visit, 1, Change.CANCELLED);
    deliver(visit, 0, Change.BOOKED);

    assertThat(sandbox.outbox().messages()).isEmpty();
    assertThat(log.text()).contains("why=superseded");
  }

  @Test
  void anOrderWithoutARecordWaits() {
    String visit = appointment(patient(true));

    deliverInVain(visit, 0, Change.BOOKED);
    told(visit, 0, Change.BOOKED);
    deliverInVain(visit, 0, Change.CANCELLED);

    assertThat(sandbox.outbox().messages()).isEmpty();
  }

  @Test
  void anOrderThatWaitsComesEverLater() {
    String visit = appointment(patient(true));

    for (int delivery = 1; delivery <= 7; delivery++) {
      int count = delivery;
      assertThatThrownBy(() -> deliver(visit, 0, Change.BOOKED, count))
          .isInstanceOf(UnavailableException.class);
    }

    assertThat(postponed.seconds()).containsExactly(5, 5, 8, 16, 32, 64, 128);
  }

  private void stale() {
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.STALE_READ, "GET", "/Appointment"));
  }
}
