package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.visit.ManageLink;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the practice wants a day's notice, a visit can be changed until a day before. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class NoticePeriodTest extends BookingCase {
  private static final Duration NOTICE = Duration.ofDays(1);

  @Inject AppointmentForm form;
  @Inject ManageLink links;
  @Inject Holds holds;
  @Inject VisitAuthorization visitor;
  @Inject CancellationNote note;
  @Inject VisitRequests requests;
  @Inject CallBudget time;

  private AppointmentAnswer answer;
  private ChangeRules strict;

  @BeforeEach
  void aPracticeThatWantsADaysNotice() {
    answer =
        new AppointmentAnswer(
            Practices.renamed(
                "\"cancellationNoticeMinutes\": 0", "\"cancellationNoticeMinutes\": 1440"),
            form,
            links);
    strict = new ChangeRules(answer, holds, changes, clock, () -> OutsideWorld.SYSTEM);
  }

  @Test
  void untilThenItIsOpenAndThenItIsNot() {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    VisitThread visit = VisitThread.of(booked.id(), canvas).orElseThrow();

    clock.set(start.minus(NOTICE));
    assertThatCode(() -> strict.refuseUnlessOpen(visit)).doesNotThrowAnyException();
    clock.move(Duration.ofSeconds(1));
    assertThat(refusal(visit)).isEqualTo(ProblemType.NOTICE_PERIOD);
    clock.set(start);
    assertThat(refusal(visit)).isEqualTo(ProblemType.NOT_MOVABLE);
  }

  @Test
  void aCancellationThatComesTooLateChangesNothing() {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    CancelAppointment cancel =
        new CancelAppointment(visitor, canvas, strict, answer, note, requests, time);
    clock.set(start.minus(NOTICE).plusSeconds(1));
    APIGatewayV2HTTPEvent event =
        Events.of("POST", "/appointments/{id}/cancellation")
            .pathParameter("id", booked.id())
            .header("idempotency-key", Desk.key())
            .header("authorization", "Bearer " + booked.token())
            .build();

    APIGatewayV2HTTPResponse refused =
        new HttpGuard(BookAppointment.LOG).answer(event, cancel::answer);

    assertThat(refused.getStatusCode()).isEqualTo(409);
    assertThat(refused.getBody()).contains("notice-period", "1440 minutes");
    assertThat(standingAt(start)).hasSize(1);
  }

  @Test
  void aKindOfVisitThatTheDocumentDoesNotKnowIsChangedByTheClinicOnly() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    AppointmentAnswer without =
        new AppointmentAnswer(Practices.renamed("308335008", "999000"), form, links);
    strict = new ChangeRules(without, holds, changes, clock, () -> OutsideWorld.SYSTEM);
    VisitThread visit = VisitThread.of(booked.id(), canvas).orElseThrow();

    assertThat(refusal(visit)).isEqualTo(ProblemType.CALL_THE_CLINIC);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> strict.refuseUnlessMovable(visit))
                .problem()
                .type())
        .isEqualTo(ProblemType.CALL_THE_CLINIC);
    clock.set(AppointmentAnswer.timeOf(visit).start());
    assertThat(refusal(visit)).isEqualTo(ProblemType.NOT_MOVABLE);
  }

  @Test
  void aVisitOfAKindThatStaffGaveItInCanvasIsNotCancelledOnline() {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    Versioned<Appointment> seen = canvas.appointment(booked.id()).orElseThrow();
    canvas.update(booked.id(), ofAnotherKind(seen.resource()), seen.at());

    Answer cancelled = calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");
    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.freshSlot());

    assertThat(cancelled.status()).isEqualTo(409);
    assertThat(cancelled.type()).isEqualTo("call-the-clinic");
    assertThat(moved.type()).isEqualTo("call-the-clinic");
    assertThat(canvas.appointment(booked.id()).orElseThrow().resource().status())
        .isEqualTo("proposed");
  }

  private static Appointment ofAnotherKind(Appointment one) {
    Appointment writable = one.cancelled();
    return new Appointment(
        "Appointment",
        one.id(),
        one.contained(),
        one.identifier(),
        one.status(),
        CodeableConcept.of(new Coding("http://snomed.info/sct", "439708006", "Home visit")),
        null,
        null,
        writable.supportingInformation(),
        one.start(),
        one.end(),
        one.participant());
  }

  private ProblemType refusal(VisitThread visit) {
    return catchThrowableOfType(ProblemException.class, () -> strict.refuseUnlessOpen(visit))
        .problem()
        .type();
  }
}
