package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.cancel.CancelAppointment;
import clinic.scheduling.booking.cancel.CancelVisit;
import clinic.scheduling.booking.cancel.CancellationNote;
import clinic.scheduling.booking.request.Idempotency;
import clinic.scheduling.booking.request.Limits;
import clinic.scheduling.booking.visit.AppointmentAnswer;
import clinic.scheduling.booking.visit.ChangeRules;
import clinic.scheduling.booking.visit.Clinicians;
import clinic.scheduling.booking.visit.TimeHolds;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.booking.visit.Visits;
import clinic.scheduling.canvas.Versioned;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.practice.Practice;
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

/** If the practice requires a day's notice, a visit can be changed until a day before it begins. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class NoticePeriodTest extends BookingCase {
  private static final Duration NOTICE = Duration.ofDays(1);

  @Inject Clinicians clinicians;
  @Inject ManageLink links;
  @Inject TimeHolds holds;
  @Inject VisitAuthorization authorization;
  @Inject CancellationNote note;
  @Inject Idempotency idempotency;
  @Inject Limits limits;
  @Inject CallBudget budget;

  private final Practice daysNotice =
      Practices.renamed("\"cancellationNoticeMinutes\": 0", "\"cancellationNoticeMinutes\": 1440");
  private ChangeRules strict;

  @BeforeEach
  void aPracticeThatWantsADaysNotice() {
    strict = new ChangeRules(daysNotice, clock);
  }

  @Test
  void untilThenItIsOpenAndThenItIsNot() {
    Instant start = desk.freshStart();
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    VisitThread visit = VisitThread.of(booked.id(), canvas).orElseThrow();

    clock.set(start.minus(NOTICE));
    assertThat(strict.objectionToCancelling(visit)).isEmpty();
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
        new CancelAppointment(
            authorization,
            idempotency,
            limits,
            new CancelVisit(canvas, strict, holds, changes, budget, clock),
            note,
            new AppointmentAnswer(daysNotice, clinicians, links));
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
    strict = new ChangeRules(Practices.renamed("308335008", "999000"), clock);
    VisitThread visit = VisitThread.of(booked.id(), canvas).orElseThrow();

    assertThat(refusal(visit)).isEqualTo(ProblemType.CALL_THE_CLINIC);
    assertThat(strict.objectionToMoving(visit).orElseThrow().problem().type())
        .isEqualTo(ProblemType.CALL_THE_CLINIC);
    clock.set(Visits.timeOf(visit).start());
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
    return strict.objectionToCancelling(visit).orElseThrow().problem().type();
  }
}
