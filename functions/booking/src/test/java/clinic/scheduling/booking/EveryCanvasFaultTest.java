package clinic.scheduling.booking;

import static clinic.scheduling.booking.CanvasTrouble.Call.CREATE;
import static clinic.scheduling.booking.CanvasTrouble.Call.NOTE;
import static clinic.scheduling.booking.CanvasTrouble.Call.PATIENT_CREATE;
import static clinic.scheduling.booking.CanvasTrouble.Call.PATIENT_READ;
import static clinic.scheduling.booking.CanvasTrouble.Call.PATIENT_SEARCH;
import static clinic.scheduling.booking.CanvasTrouble.Call.PRACTITIONERS;
import static clinic.scheduling.booking.CanvasTrouble.Call.READ;
import static clinic.scheduling.booking.CanvasTrouble.Call.READ_BACK;
import static clinic.scheduling.booking.CanvasTrouble.Call.SEARCH_BY_IDENTIFIER;
import static clinic.scheduling.booking.CanvasTrouble.Call.SLOTS;
import static clinic.scheduling.booking.CanvasTrouble.Call.TOKEN;
import static clinic.scheduling.booking.CanvasTrouble.Call.UPDATE;
import static clinic.scheduling.booking.CanvasTrouble.Call.VISITS_OF_PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import clinic.scheduling.sandbox.canvas.Toggle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever goes wrong at whichever call to Canvas, the caller gets a documented answer in time.
 * Once Canvas works again, the same request with the same key ends as if nothing had gone wrong.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(Impatient.class)
class EveryCanvasFaultTest extends BookingCase {
  /**
   * The limit is many times a time-out, because the machine may be busy. AnswerInTimeTest checks
   * the sum of the time-outs.
   */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Instant start;
  private Instant later;

  @BeforeEach
  void anEmptyDay() {
    start = desk.weekday(3, 10, 0);
    later = desk.weekday(4, 11, 30);
  }

  static Stream<CanvasTrouble> whileBooking() {
    return CanvasTrouble.at(
        TOKEN,
        PRACTITIONERS,
        SLOTS,
        SEARCH_BY_IDENTIFIER,
        PATIENT_SEARCH,
        PATIENT_CREATE,
        VISITS_OF_PATIENT,
        CREATE,
        READ_BACK);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileBooking")
  void aBookingEndsWithOneAppointmentOrNone(CanvasTrouble trouble) {
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    trouble.begin(sandbox);
    Answer first = inTime(() -> calls.book(key, body), 201);
    Answer last = afterMending(first, () -> calls.book(key, body), 201);

    assertThat(sandbox.canvas().patientCount()).isLessThanOrEqualTo(1);
    if (last.status() == 409) {
      assertThat(isRefusal(trouble)).as("final: " + last.type()).isTrue();
      assertThat(standingAt(start)).isEmpty();
      assertThat(calls.book(Desk.key(), body).status()).as("the time is free").isEqualTo(201);
      return;
    }
    assertThat(standingAt(start)).singleElement().satisfies(one -> isAsBooked(one, last.id()));
    assertThat(calls.read(last.id(), last.token()).body().path("start"))
        .isEqualTo(last.body().path("start"));
  }

  static Stream<CanvasTrouble> whileBookingAgain() {
    return CanvasTrouble.at(PATIENT_SEARCH, PATIENT_READ);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileBookingAgain")
  void aPatientWhomCanvasKnowsStaysOne(CanvasTrouble trouble) {
    String known = desk.body(desk.office(later), "Wellknown", "CA");
    while (calls.book(Desk.key(), known).status() == 503) {
      clock.move(Duration.ofSeconds(31)); // the first calls of a process may be slow
    }
    String key = Desk.key();
    String body = desk.body(desk.office(start), "Wellknown", "CA");

    trouble.begin(sandbox);
    Answer first = inTime(() -> calls.book(key, body), 201);
    Answer last = afterMending(first, () -> calls.book(key, body), 201);

    // If the record is gone or belongs to somebody else, or if there are two records, the answer is
    // to call the clinic.
    boolean forTheClinic =
        last.type().equals("call-the-clinic")
            && (trouble.call() == PATIENT_READ || trouble.name().equals(Kind.FOREIGN_ENTRY.name()));
    assertThat(last.status() == 201 || forTheClinic).as("final: " + last.type()).isTrue();
    assertThat(sandbox.canvas().patientCount()).isEqualTo(1);
    assertThat(standingAt(start)).hasSize(last.status() == 201 ? 1 : 0);
  }

  static Stream<CanvasTrouble> whileMoving() {
    return CanvasTrouble.at(TOKEN, READ, PRACTITIONERS, SLOTS, UPDATE, READ_BACK);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileMoving")
  void aMoveEndsAtTheNewTimeOrTheOldOne(CanvasTrouble trouble) {
    Answer booked = booked();
    String key = Desk.key();
    String slot = desk.office(later);
    Supplier<Answer> move = () -> calls.move(booked.id(), booked.token(), key, slot);

    trouble.begin(sandbox);
    Answer first = inTime(move, 200);
    Answer last = afterMending(first, move, 200);

    boolean moved = last.status() == 200;
    assertThat(moved || isRefusal(trouble)).as("final: " + last.type()).isTrue();
    assertThat(standingAt(moved ? start : later)).isEmpty();
    assertThat(standingAt(moved ? later : start))
        .singleElement()
        .satisfies(one -> isAsBooked(one, booked.id()));
  }

  static Stream<CanvasTrouble> whileCancelling() {
    return CanvasTrouble.at(TOKEN, READ, UPDATE, NOTE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whileCancelling")
  void aCancelledVisitIsCancelledInTheEnd(CanvasTrouble trouble) {
    Answer booked = booked();
    String key = Desk.key();
    Supplier<Answer> cancel =
        () -> calls.cancel(booked.id(), booked.token(), key, "{\"reason\":\"I am well.\"}");

    trouble.begin(sandbox);
    Answer first = inTime(cancel, 200);
    Answer last = afterMending(first, cancel, 200);

    assertThat(last.status()).isEqualTo(200);
    assertThat(last.body().path("status").asText()).isEqualTo("cancelled");
    assertThat(standingAt(start)).isEmpty();
  }

  @ParameterizedTest(name = "{0} then {1}")
  @CsvSource({
    "CUT_AFTER_EFFECT, STALE_READ",
    "TIMEOUT_AFTER_EFFECT, STALE_READ",
    "CUT_AFTER_EFFECT, CUT",
    "STATUS, STALE_READ"
  })
  void aWriteWhoseAnswerIsLostAndWhoseEffectIsNotYetSeenIsSettled(Kind lost, Kind unseen) {
    Answer booked = booked();
    String key = Desk.key();
    String slot = desk.office(later);
    Supplier<Answer> move = () -> calls.move(booked.id(), booked.token(), key, slot);
    // The read that checks the authorization is correct. The read after the update is damaged.
    sandbox
        .canvas()
        .faults()
        .add(Fault.once(lost, "PUT", "/Appointment/").delayMs(Impatient.MILLIS + 300));
    sandbox.canvas().faults().add(Fault.once(Kind.SLOW, "GET", "/Appointment/").delayMs(1));
    sandbox.canvas().faults().add(Fault.once(unseen, "GET", "/Appointment/").times(2));

    Answer first = inTime(move, 200);
    Answer last = afterMending(first, move, 200);

    assertThat(last.status()).as(last.type()).isEqualTo(200);
    assertThat(standingAt(start)).isEmpty();
    assertThat(standingAt(later)).hasSize(1);
  }

  @Test
  void anotherAppointmentWhoseTimeCannotBeReadIsNotTakenForNone() {
    frontDeskBooks(start.minus(Duration.ofMinutes(15)));
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    CanvasTrouble.at(READ_BACK)
        .filter(one -> one.lasting() && one.name().equals(Kind.MALFORMED_ENTRY.name()))
        .forEach(one -> one.begin(sandbox));

    Answer first = inTime(() -> calls.book(key, body), 201);
    Answer last = afterMending(first, () -> calls.book(key, body), 201);

    assertThat(first.status()).isEqualTo(503);
    assertThat(last.type()).isEqualTo("slot-taken");
    assertThat(standingAt(start)).isEmpty();
  }

  /** Staff book in Canvas without us. */
  private void frontDeskBooks(Instant at) {
    sandbox.canvas().toggles().set(Toggle.SLOT_STEP_MINUTES, 15);
    assertThat(calls.book(Desk.key(), desk.body(desk.office(at))).status()).isEqualTo(201);
    rows.clear();
  }

  @ParameterizedTest(name = "base ''{0}'' history {1} relative {2} body {3}")
  @CsvSource({
    "'', false, false, empty",
    "'http://fumage-example.example.invalid', false, false, empty",
    "'', true, false, null",
    "'http://fumage-example.example.invalid', true, false, null",
    "'', false, true, null",
    "'', true, true, empty"
  })
  void theIdIsReadFromALocationOfAnyForm(
      String base, boolean history, boolean relative, String body) {
    sandbox
        .canvas()
        .toggles()
        .set(Toggle.LOCATION_BASE, base)
        .set(Toggle.LOCATION_HISTORY, history)
        .set(Toggle.LOCATION_RELATIVE, relative)
        .set(Toggle.WRITE_BODY, body);

    Answer booked = booked();
    Answer moved = calls.move(booked.id(), booked.token(), Desk.key(), desk.office(later));
    assertThat(standingAt(later)).singleElement().satisfies(one -> isAsBooked(one, booked.id()));
    Answer cancelled = calls.cancel(booked.id(), booked.token(), Desk.key(), "{}");

    assertThat(Stream.of(booked, moved, cancelled).map(Answer::status))
        .containsExactly(201, 200, 200);
    assertThat(sandbox.canvas().patientCount()).isEqualTo(1);
    assertThat(standingAt(later)).isEmpty();
  }

  /** The first calls of a process may be too slow for these time-outs. */
  private Answer booked() {
    String key = Desk.key();
    String body = desk.body(desk.office(start));
    Answer answer = calls.book(key, body);
    for (int i = 0; i < 8 && answer.status() == 503; i++) {
      clock.move(Duration.ofSeconds(31));
      answer = calls.book(key, body);
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  /** An answer that says what to do, before API Gateway would give up. */
  private static Answer inTime(Supplier<Answer> call, int good) {
    long began = System.nanoTime();
    Answer answer = call.get();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(answer.status()).as(answer.text()).isIn(good, 409, 503);
    if (answer.status() == 503) {
      assertThat(answer.headers().get("Retry-After")).matches("[1-9][0-9]*");
    }
    assertThat(took).isLessThan(LONGEST);
    return answer;
  }

  /** Repeats the request, each time after the wait that the answer asks for. */
  private Answer afterMending(Answer first, Supplier<Answer> call, int good) {
    sandbox.canvas().faults().clear();
    Answer last = first;
    for (int i = 0; i < 8 && (i == 0 || last.status() == 503); i++) {
      clock.move(
          Duration.ofSeconds(Long.parseLong(last.headers().getOrDefault("Retry-After", "0"))));
      last = call.get();
    }
    assertThat(last.status()).as(last.text()).isIn(good, 409);
    if (first.status() == good) {
      assertThat(last.text()).as("the first answer again").isEqualTo(first.text());
    }
    return last;
  }

  /** Whether the fault is a definite refusal by Canvas. An unreadable licence counts as one too. */
  private static boolean isRefusal(CanvasTrouble trouble) {
    if (trouble.call() == PRACTITIONERS) {
      return trouble.name().equals(Kind.MALFORMED_ENTRY.name());
    }
    return Set.of(CREATE, PATIENT_CREATE).contains(trouble.call())
        && Set.of("400", "403", "422").contains(trouble.name());
  }

  private static void isAsBooked(Appointment one, String id) {
    assertThat(one.id()).isEqualTo(id);
    assertThat(one.status()).isEqualTo("proposed");
    assertThat(one.identifierOf(OutsideWorld.SYSTEM).orElseThrow()).startsWith("bk-");
  }
}
