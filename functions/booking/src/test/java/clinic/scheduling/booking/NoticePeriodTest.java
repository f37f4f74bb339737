package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.TimeLeft;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.HttpGuard;
import clinic.scheduling.core.http.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.visit.ManageLink;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
  @Inject Visitor visitor;
  @Inject CancellationNote note;
  @Inject VisitRequests requests;
  @Inject TimeLeft time;

  private AppointmentAnswer answer;
  private Changes strict;

  @BeforeEach
  void aPracticeThatWantsADaysNotice() {
    answer =
        new AppointmentAnswer(
            Practices.renamed(
                "\"cancellationNoticeMinutes\": 0", "\"cancellationNoticeMinutes\": 1440"),
            form,
            links);
    strict = new Changes(answer, holds, changes, clock, OutsideWorld.SYSTEM);
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
        new CancelAppointment(visitor, canvas, strict, form, answer, note, requests, time);
    clock.set(start.minus(NOTICE).plusSeconds(1));
    APIGatewayV2HTTPEvent event =
        Events.of("POST", "/appointments/{id}/cancellation")
            .header("idempotency-key", Desk.key())
            .header("authorization", "Bearer " + booked.token())
            .build();
    event.setPathParameters(Map.of("id", booked.id()));

    APIGatewayV2HTTPResponse refused =
        new HttpGuard(BookAppointment.LOG).answer(event, cancel::answer);

    assertThat(refused.getStatusCode()).isEqualTo(409);
    assertThat(refused.getBody()).contains("notice-period", "1440 minutes");
    assertThat(standingAt(start)).hasSize(1);
  }

  private ProblemType refusal(VisitThread visit) {
    return catchThrowableOfType(ProblemException.class, () -> strict.refuseUnlessOpen(visit))
        .problem()
        .type();
  }
}
