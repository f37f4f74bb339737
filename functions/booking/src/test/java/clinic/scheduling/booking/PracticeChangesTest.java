package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.create.BookVisit;
import clinic.scheduling.booking.create.CreateAppointment;
import clinic.scheduling.booking.move.MoveRules;
import clinic.scheduling.booking.move.MoveVisit;
import clinic.scheduling.booking.move.RescheduleAppointment;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.Limits;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.NearestTimes;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.sandbox.canvas.Fault;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A repeat gets the first answer again even if the practice has since dropped the visit type, the
 * reason or the clinician that the request names.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class PracticeChangesTest extends BookingCase {
  @Inject SignedTokens tokens;
  @Inject Idempotency idempotency;
  @Inject BookVisit booking;
  @Inject Limits limits;
  @Inject AppointmentAnswer answer;
  @Inject NearestTimes nearest;
  @Inject VisitAuthorization authorization;
  @Inject MoveVisit moving;
  @Inject Clinicians clinicians;
  @Inject BookingJournal journal;

  private final Practice without = Practices.renamed("\"id\": \"office\"", "\"id\": \"former\"");

  @Test
  void aBookingIsAnsweredAgain() {
    String key = Desk.key();
    String body = desk.body(desk.freshSlot());
    Answer first = calls.book(key, body);

    APIGatewayV2HTTPResponse again = bookedWithoutIt(key, body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.getStatusCode()).isEqualTo(201);
    assertThat(again.getHeaders()).containsEntry("Location", "/appointments/" + first.id());
    assertThat(again.getBody()).contains(first.token());
  }

  @Test
  void aRefusalIsAnsweredAgain() {
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    Answer first = calls.book(key, body);

    APIGatewayV2HTTPResponse again = bookedWithoutIt(key, body);

    assertThat(first.type()).isEqualTo("slot-taken");
    assertThat(again.getStatusCode()).isEqualTo(409);
    assertThat(again.getBody()).contains("slot-taken");
  }

  @Test
  void aBookingThatGotNowhereIsOver() {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Practitioner"));
    Answer first = calls.book(key, body);

    APIGatewayV2HTTPResponse again = bookedWithoutIt(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(again.getStatusCode()).isEqualTo(409);
    assertThat(again.getBody()).contains("slot-expired");
    assertThat(standingAt(start)).isEmpty();
  }

  @ParameterizedTest(name = "after {0} s")
  @ValueSource(ints = {0, 31})
  void anAppointmentThatIsThereAllTheSameIsThePatients(int seconds) {
    Instant start = desk.freshStart();
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    sandbox.canvas().faults().add(Fault.once(Fault.Kind.CUT_AFTER_EFFECT, "POST", "/Appointment"));
    pace.beforeTheNext("POST", () -> sandbox.canvas().faults().add(lostSearches()));
    Answer first = calls.book(key, body);
    sandbox.canvas().faults().clear();
    clock.move(Duration.ofSeconds(seconds));

    APIGatewayV2HTTPResponse again = bookedWithoutIt(key, body);

    assertThat(first.status()).isEqualTo(503);
    assertThat(again.getStatusCode()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
    assertThat(again.getBody()).contains(String.valueOf(standingAt(start).get(0).id()));
  }

  @Test
  void aNewRequestForItIsRefusedAndAnotherBodyUnderTheKeyToo() {
    String key = Desk.key();
    calls.book(key, desk.body(desk.freshSlot()));

    assertThat(bookedWithoutIt(Desk.key(), desk.body(desk.freshSlot())).getStatusCode())
        .isEqualTo(400);
    assertThat(bookedWithoutIt(key, desk.body(desk.freshSlot())).getStatusCode()).isEqualTo(422);
  }

  @Test
  void aMoveIsAnsweredAgain() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    String key = Desk.key();
    String slot = desk.freshSlot();
    Answer first = calls.move(booked.id(), booked.token(), key, slot);

    RescheduleAppointment reschedule =
        new RescheduleAppointment(
            authorization,
            new MoveRules(without, tokens, clinicians, journal, clock, () -> OutsideWorld.SYSTEM),
            idempotency,
            limits,
            moving,
            answer,
            nearest);
    APIGatewayV2HTTPEvent event =
        Events.of("POST", "/appointments/{id}/reschedule")
            .pathParameter("id", booked.id())
            .header("idempotency-key", key)
            .header("authorization", "Bearer " + booked.token())
            .json("{\"slot\":\"" + slot + "\"}")
            .build();
    APIGatewayV2HTTPResponse again = guarded(event, reschedule::answer);

    assertThat(first.status()).isEqualTo(200);
    assertThat(again.getStatusCode()).isEqualTo(200);
    assertThat(again.getBody()).contains(booked.id());
  }

  private static Fault lostSearches() {
    return Fault.once(Fault.Kind.CUT, "GET", "/Appointment").query("identifier=").times(9);
  }

  private APIGatewayV2HTTPResponse bookedWithoutIt(String key, String body) {
    CreateAppointment create =
        new CreateAppointment(
            without,
            tokens,
            limits,
            idempotency,
            booking,
            answer,
            nearest,
            clock,
            () -> "canvas_patient");
    return guarded(
        Events.of("POST", "/appointments").header("idempotency-key", key).json(body).build(),
        create::answer);
  }

  private static APIGatewayV2HTTPResponse guarded(
      APIGatewayV2HTTPEvent event, Function<Request, APIGatewayV2HTTPResponse> handler) {
    return new HttpGuard(BookAppointment.LOG).answer(event, handler);
  }
}
