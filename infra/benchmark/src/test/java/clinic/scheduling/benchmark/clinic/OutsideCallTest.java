package clinic.scheduling.benchmark.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutsideCallTest {
  private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
  private static final Duration TOOK = Duration.ofMillis(20);

  @Test
  void aCallKnowsItsSystemAndItsCalendar() {
    OutsideCall outlook = call("GET", "/graph/v1.0/users/a@example.invalid/calendarView/delta()");
    OutsideCall google = call("GET", "/google/calendar/v3/calendars/b@example.invalid/events");

    assertThat(outlook.system()).isEqualTo(OutsideCall.System.OUTLOOK);
    assertThat(outlook.calendar()).isEqualTo("a@example.invalid");
    assertThat(google.system()).isEqualTo(OutsideCall.System.GOOGLE);
    assertThat(google.calendar()).isEqualTo("b@example.invalid");
    assertThat(outlook.began()).isEqualTo(NOON.minus(TOOK));
  }

  @Test
  void onlyAnAcceptedPostMakesAnAppointment() {
    assertThat(call("POST", "/canvas/Appointment").isNewAppointment()).isTrue();
    assertThat(OutsideCall.of("POST", "/canvas/Appointment", 422, NOON, TOOK))
        .hasValueSatisfying(call -> assertThat(call.isNewAppointment()).isFalse());
    assertThat(call("GET", "/canvas/Appointment/1").isNewAppointment()).isFalse();
  }

  @Test
  void tokensAndControlCallsAreNotCounted() {
    for (String path :
        List.of(
            "/canvas/auth/token/",
            "/canvas-control/state",
            "/graph/tenant/oauth2/v2.0/token",
            "/graph-control/state",
            "/google/token")) {
      assertThat(OutsideCall.of("POST", path, 200, NOON, TOOK)).isEqualTo(Optional.empty());
    }
  }

  @Test
  void theBusiestPeriodOfEachCalendarCounts() {
    List<OutsideCall> calls =
        List.of(
            at(0, "a"),
            at(59, "a"),
            at(60, "a"),
            at(61, "a"),
            at(62, "b"),
            at(200, "a"),
            at(0, "b"));

    assertThat(OutsideCalls.most(calls, Duration.ofMinutes(1), OutsideCall::calendar)).isEqualTo(3);
    assertThat(OutsideCalls.most(calls, Duration.ofMinutes(1), call -> "")).isEqualTo(4);
    assertThat(OutsideCalls.most(List.of(), Duration.ofMinutes(1), call -> "")).isZero();
  }

  private static OutsideCall call(String method, String path) {
    return OutsideCall.of(method, path, 201, NOON, TOOK).orElseThrow();
  }

  private static OutsideCall at(int second, String calendar) {
    String path = "/google/calendar/v3/calendars/%s/events".formatted(calendar);
    return OutsideCall.of("GET", path, 200, NOON.plusSeconds(second), TOOK).orElseThrow();
  }
}
