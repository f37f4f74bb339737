package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.core.StatusTable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call on a visit has the outcome that the documentation states for the visit's status. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class EachStatusTest extends BookingCase {
  private static final Set<String> NEVER_WRITTEN =
      Set.of("entered-in-error", "waitlist", StatusTable.UNHEARD_OF);

  static List<Arguments> outcomes() {
    return StatusTable.of("GET", "invite", "reschedule", "cancellation");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outcomes")
  void isAsTheTableSays(
      String status, String get, String invite, String reschedule, String cancellation) {
    Answer read = shown(status);
    assertThat(outcome(calls.read(read.id(), read.token()))).isEqualTo(get);

    Answer entry = calls.invite(read.id(), read.token());
    assertThat(entry.status() == 200 ? method(entry) : entry.type()).isEqualTo(invite);

    Answer cancelled = shown(status);
    assertThat(outcome(calls.cancel(cancelled.id(), cancelled.token(), Desk.key(), "{}")))
        .isEqualTo(cancellation);
    assertThat(statusOf(cancelled))
        .isEqualTo(
            cancellation.equals("cancelled") && !status.equals("entered-in-error")
                ? "cancelled"
                : status);

    Answer moved = shown(status);
    Instant before = startOf(moved);
    assertThat(outcome(calls.move(moved.id(), moved.token(), Desk.key(), desk.freshSlot())))
        .isEqualTo(reschedule);
    assertThat(statusOf(moved)).isEqualTo(status);
    assertThat(startOf(moved).equals(before)).isEqualTo(reschedule.equals("not-movable"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outcomes")
  void canvasRefusesToWriteWhatItOnlyReadsOut(
      String status, String get, String invite, String reschedule, String cancellation) {
    Answer visit = shown("proposed");
    Appointment now = canvas.appointment(visit.id()).orElseThrow().resource();

    WriteOutcome outcome = canvas.update(visit.id(), with(now, status), clock.instant());

    assertThat(outcome instanceof WriteOutcome.Refused).isEqualTo(NEVER_WRITTEN.contains(status));
  }

  private Answer shown(String status) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    sandbox.canvas().frontDesk().show(booked.id(), status);
    return booked;
  }

  private static String outcome(Answer answer) {
    return answer.status() == 200 ? answer.body().path("status").asText() : answer.type();
  }

  private static String method(Answer invite) {
    return invite.text().replaceAll("(?s).*METHOD:([A-Z]+).*", "$1");
  }

  private String statusOf(Answer visit) {
    return String.valueOf(canvas.appointment(visit.id()).orElseThrow().resource().status());
  }

  private Instant startOf(Answer visit) {
    return canvas.appointment(visit.id()).orElseThrow().resource().time().orElseThrow().start();
  }

  private static Appointment with(Appointment one, String status) {
    Appointment writable = one.cancelled();
    return new Appointment(
        "Appointment",
        one.id(),
        one.contained(),
        one.identifier(),
        status,
        one.appointmentType(),
        null,
        null,
        writable.supportingInformation(),
        one.start(),
        one.end(),
        one.participant());
  }
}
