package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.Interval;
import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Answers of Canvas are reused for a few seconds, but never after a change that we know of. */
@QuarkusTest
class FreshnessTest extends FindSlotsCase {
  private static final String TUESDAY = "visit=office&from=2026-12-29&to=2026-12-29";
  private static final String VIDEO = "visit=video&from=2026-12-29&to=2026-12-30";

  @Test
  void aRepeatWithinSecondsAsksCanvasNothing() {
    slots(VIDEO);
    long before = callsFor("Slot") + callsFor("Appointment");
    slots(VIDEO);
    clock.move(Duration.ofSeconds(4));
    slots(VIDEO + "&limit=1");

    assertThat(before).isEqualTo(4); // slots and appointments of two clinicians
    assertThat(callsFor("Slot") + callsFor("Appointment")).isEqualTo(before);

    clock.move(Duration.ofSeconds(1));
    slots(VIDEO);
    assertThat(callsFor("Slot") + callsFor("Appointment")).isEqualTo(2 * before);
  }

  @Test
  void aBookingMadeAnywhereBetweenTwoLookupsIsGoneFromTheSecond() {
    assertThat(slots(TUESDAY).starts()).hasSize(3);

    close(9, 0, 9, 30); // Canvas has the booking …
    Interval time = Interval.of(Instant.parse("2026-12-29T17:00:00Z"), Duration.ofMinutes(30));
    holds.hold(OutsideWorld.INGRID, "bk-1", time, Duration.ofMinutes(5));
    holds.release(OutsideWorld.INGRID, "bk-1", time); // … and its hold has ended

    assertThat(slots(TUESDAY).starts()).hasSize(2);
  }

  @Test
  void aNoticeOfCanvasMakesTheTimesOfThatClinicianStale() {
    assertThat(slots(TUESDAY).starts()).hasSize(3);
    close(9, 0, 9, 30);
    assertThat(slots(TUESDAY).starts()).hasSize(3);

    holds.invalidate(OutsideWorld.OMAR);
    assertThat(slots(TUESDAY).starts()).hasSize(3);
    holds.invalidate(OutsideWorld.INGRID);
    assertThat(slots(TUESDAY).starts()).hasSize(2);
  }

  @Test
  void aFailureIsNotKept() {
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Slot").times(2));
    assertThat(get("/slots", VIDEO).status()).isEqualTo(503);

    assertThat(slots(VIDEO).practitioners()).hasSize(2);
  }

  @Test
  void lookupsAtTheSameTimeShareTheirCalls() throws Exception {
    slots(TUESDAY); // now the directory and the token are cached
    forgetTimes();
    long before = callsFor("Slot");
    sandbox.canvas().faults().add(Fault.once(Kind.SLOW, "GET", "/Slot").delayMs(300));
    ExecutorService callers = Executors.newFixedThreadPool(12);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(callers.submit(() -> slots(TUESDAY)));
    }
    for (Future<Answer> answer : answers) {
      assertThat(answer.get().starts()).hasSize(3);
    }
    callers.shutdown();

    assertThat(callsFor("Slot") - before).isEqualTo(1);
  }

  @Test
  void anEqualAnswerIsNotSentTwice() {
    APIGatewayV2HTTPResponse first = slots(TUESDAY).raw();
    String tag = first.getHeaders().get("ETag");

    Answer second = get("/slots", TUESDAY, Map.of("if-none-match", tag));
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.raw().getBody()).isNullOrEmpty();

    Interval time = Interval.of(Instant.parse("2026-12-29T17:00:00Z"), Duration.ofMinutes(30));
    holds.hold(OutsideWorld.INGRID, "bk-1", time, Duration.ofMinutes(5));
    Answer third = get("/slots", TUESDAY, Map.of("if-none-match", tag));
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.starts()).hasSize(2);
  }

  @Test
  void aSlotsAnswerIsShownAgainOnlyAfterAskingAndTheCatalogForAMinute() {
    assertThat(slots(TUESDAY).raw().getHeaders()).containsEntry("Cache-Control", "no-cache");
    Answer catalog = get("/catalog", "");
    assertThat(catalog.raw().getHeaders()).containsEntry("Cache-Control", "public, max-age=60");
    String tag = catalog.raw().getHeaders().get("ETag");
    assertThat(get("/catalog", "", Map.of("if-none-match", tag)).status()).isEqualTo(304);
    assertThat(get("/nothing", "").raw().getHeaders()).containsEntry("Cache-Control", "no-store");
  }

  private void close(int fromHour, int fromMinute, int toHour, int toMinute) {
    sandbox
        .canvas()
        .addToCalendar(
            CalendarEvent.on(
                CalendarEvent.Kind.ADMIN,
                new ScheduleKey(1, OutsideWorld.INGRID),
                LocalDate.parse("2026-12-29"),
                LocalTime.of(fromHour, fromMinute),
                LocalTime.of(toHour, toMinute)));
  }
}
