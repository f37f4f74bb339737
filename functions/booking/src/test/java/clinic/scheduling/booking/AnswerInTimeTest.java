package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However slow Canvas, the table and the queue are, the caller gets an answer before the function's
 * time-out of 28 s. If the time runs out, the answer is 503. Once Canvas, the table and the queue
 * are fast again, a repeat of the request succeeds.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class AnswerInTimeTest extends BookingCase {
  private static final Duration LONGEST = Duration.ofSeconds(27);
  private static final Duration LEASE = Duration.ofSeconds(50);

  private Instant start;
  private Instant later;

  @BeforeEach
  void anEmptyDay() {
    start = desk.weekday(3, 10, 0);
    later = desk.weekday(4, 11, 30);
  }

  @ParameterizedTest(name = "{0} s a call")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aBooking(int seconds) {
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    Answer settled = slowThenWell(seconds, () -> calls.book(key, body));

    assertThat(settled.status()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(settled.id());
  }

  @ParameterizedTest(name = "{0} s a call")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aMove(int seconds) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();
    String slot = desk.office(later);

    Answer settled =
        slowThenWell(seconds, () -> calls.move(booked.id(), booked.token(), key, slot));

    assertThat(settled.status()).isEqualTo(200);
    assertThat(standingAt(later)).extracting("id").containsExactly(booked.id());
    assertThat(standingAt(start)).isEmpty();
  }

  @ParameterizedTest(name = "{0} s a call")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void aCancellation(int seconds) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();

    Answer settled =
        slowThenWell(
            seconds, () -> calls.cancel(booked.id(), booked.token(), key, "{\"reason\":\"x\"}"));

    assertThat(settled.status()).isEqualTo(200);
    assertThat(standingAt(start)).isEmpty();
  }

  @ParameterizedTest(name = "{0} s a call")
  @ValueSource(ints = {1, 7})
  void aMoveOfAVisitThatStaffHaveMovedManyTimes(int seconds) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    String current = booked.id();
    for (int day = 5; day < 11; day++) {
      Instant to = desk.weekday(day, 9, 0);
      current =
          sandbox.canvas().frontDesk().reschedule(current, to, Optional.empty(), Optional.empty());
    }
    String key = Desk.key();
    String slot = desk.office(later);

    Answer settled =
        slowThenWell(seconds, () -> calls.move(booked.id(), booked.token(), key, slot));

    assertThat(settled.status()).isEqualTo(200);
    assertThat(standingAt(later)).extracting("id").containsExactly(current);
  }

  @ParameterizedTest(name = "{0} ms a call of the table, {1} s one of Canvas")
  @CsvSource({"500, 0", "1000, 1", "2000, 0", "2000, 2", "4900, 0", "4900, 6", "9000, 0"})
  void aBookingWhileTheTableIsSlow(int millis, int seconds) {
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    Answer settled = slowTableThenWell(millis, seconds, () -> calls.book(key, body));

    assertThat(settled.status()).as(settled.text()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(settled.id());
  }

  @ParameterizedTest(name = "{0} ms a call of the table, {1} s one of Canvas")
  @CsvSource({"1000, 1", "2000, 2", "4900, 0"})
  void aMoveWhileTheTableIsSlow(int millis, int seconds) {
    Answer booked = calls.book(Desk.key(), desk.body(desk.office(start)));
    String key = Desk.key();
    String slot = desk.office(later);

    Answer settled =
        slowTableThenWell(
            millis, seconds, () -> calls.move(booked.id(), booked.token(), key, slot));

    assertThat(settled.status()).as(settled.text()).isEqualTo(200);
    assertThat(standingAt(later)).extracting("id").containsExactly(booked.id());
    assertThat(standingAt(start)).isEmpty();
  }

  private Answer slowTableThenWell(int millis, int seconds, Supplier<Answer> call) {
    table.eachCallTakes(Duration.ofMillis(millis));
    return slowThenWell(seconds, call);
  }

  private Answer slowThenWell(int seconds, Supplier<Answer> call) {
    pace.eachCallTakes(Duration.ofSeconds(seconds));
    Instant began = clock.instant();
    Answer first = call.get();
    assertThat(Duration.between(began, clock.instant())).isLessThanOrEqualTo(LONGEST);
    assertThat(first.status()).as(first.text()).isIn(200, 201, 429, 503);
    pace.calm();
    table.calm();
    Answer last = first;
    for (int i = 0;
        i < 4
            && (last.status() == 503 || last.status() == 429 || last.type().equals("in-progress"));
        i++) {
      // If a process cannot record its progress, its claim stays until the lease ends.
      Duration asked = Duration.ofSeconds(Long.parseLong(last.headers().get("Retry-After")));
      clock.move(last.status() == 409 ? LEASE : asked);
      last = call.get();
    }
    return last;
  }
}
