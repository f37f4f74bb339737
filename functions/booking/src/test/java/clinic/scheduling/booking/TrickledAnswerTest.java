package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Canvas does what it is asked to and then answers byte by byte, for longer than anybody waits. We
 * find out the outcome by a search and do not repeat the write.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(Impatient.class)
@Timeout(30)
class TrickledAnswerTest extends BookingCase {
  /** 600 bytes take a minute. */
  private static final long PAUSE_MILLIS = 100;

  private Instant start;
  private Instant later;

  @BeforeEach
  void warmed() {
    start = desk.weekday(3, 10, 0);
    later = desk.weekday(4, 11, 30);
    Answer visit = insist(() -> calls.book(Desk.key(), desk.body(desk.freshSlot())));
    insist(() -> calls.cancel(visit.id(), visit.token(), Desk.key(), "{}"));
  }

  @Test
  void theAppointmentThatItMadeIsFound() {
    int before = sandbox.canvas().appointmentTexts().size();
    trickles("POST", "/Appointment");
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    Answer booked = calls.book(key, body);

    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(standingAt(start)).extracting("id").containsExactly(booked.id());
    assertThat(sandbox.canvas().appointmentTexts()).hasSize(before + 1);
    assertThat(calls.book(key, body).text()).isEqualTo(booked.text());
  }

  @Test
  void theVisitThatItMovedIsReadWhereItIs() {
    String body = desk.body(desk.office(start));
    Answer visit = insist(() -> calls.book(Desk.key(), body));
    trickles("PUT", "/Appointment/");

    Answer moved = calls.move(visit.id(), visit.token(), Desk.key(), desk.office(later));

    assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    assertThat(standingAt(later)).extracting("id").containsExactly(visit.id());
    assertThat(standingAt(start)).isEmpty();
  }

  @Test
  void whatCannotBeReadInTimeIsUnavailableAndIsSettledLater() {
    trickles("GET", "/Slot");
    String key = Desk.key();
    String body = desk.body(desk.office(start));

    Answer unread = calls.book(key, body);
    Answer read = calls.book(key, body);

    assertThat(unread.status()).as(unread.text()).isEqualTo(503);
    assertThat(unread.headers()).containsKey("Retry-After");
    assertThat(read.status()).as(read.text()).isEqualTo(201);
    assertThat(standingAt(start)).hasSize(1);
  }

  private void trickles(String method, String path) {
    sandbox.canvas().faults().add(Fault.once(Kind.TRICKLE, method, path).delayMs(PAUSE_MILLIS));
  }

  /** The first calls of a process may be too slow for these time-outs. */
  private Answer insist(Supplier<Answer> call) {
    Answer answer = call.get();
    for (int i = 0; i < 8 && answer.status() == 503; i++) {
      clock.move(Duration.ofSeconds(31));
      answer = call.get();
    }
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return answer;
  }
}
