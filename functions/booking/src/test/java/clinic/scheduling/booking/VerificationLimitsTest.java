package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody can have us write to people without end, or keep the times of a clinic. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(VerifiedContacts.class)
class VerificationLimitsTest extends VerifiedCase {
  private static final int CODES_PER_HOUR = 6;
  private static final int CODES_PER_DAY = 10;

  @BeforeEach
  void atTheBeginningOfADay() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1)));
  }

  @AfterEach
  void fromTheUsualAddress() {
    calls.from("192.0.2.1");
  }

  @Test
  void aContactPointGetsSixCodesAnHour() {
    for (int i = 0; i < CODES_PER_HOUR; i++) {
      calls.giveUp(begun(to("one@example.invalid")));
    }

    Answer next = calls.book(key(), to("One@Example.invalid"));

    assertThat(next.status()).isEqualTo(429);
    assertThat(Long.parseLong(next.headers().get("Retry-After"))).isGreaterThan(3_000);
    assertThat(codes.sent()).hasSize(CODES_PER_HOUR);
    assertThat(calls.book(key(), to("other@example.invalid")).status()).isEqualTo(202);
    clock.move(Duration.ofHours(1));
    assertThat(calls.book(key(), to("one@example.invalid")).status()).isEqualTo(202);
  }

  @Test
  void aContactPointGetsTenCodesADay() {
    int sent = 0;
    for (int hour = 0; hour < 23; hour++) {
      for (int i = 0; i < CODES_PER_HOUR; i++) {
        Answer answer = calls.book(key(), to("day@example.invalid"));
        sent += answer.status() == 202 ? 1 : 0;
        calls.giveUp(id(answer).isEmpty() ? "none" : id(answer));
      }
      clock.move(Duration.ofHours(1));
    }

    assertThat(sent).isEqualTo(CODES_PER_DAY);
    assertThat(codes.sent()).hasSize(CODES_PER_DAY);
  }

  @Test
  void furtherCodesOfAVerificationCountToo() {
    for (int i = 0; i < 2; i++) {
      String id = begun(to("more@example.invalid"));
      for (int code = 0; code < 2; code++) {
        clock.move(Duration.ofSeconds(30));
        assertThat(calls.anotherCode(id).status()).isEqualTo(202);
      }
      calls.giveUp(id);
    }

    assertThat(calls.book(key(), to("more@example.invalid")).status()).isEqualTo(429);
  }

  @Test
  void oneNetworkAddressBeginsSoManyAnHour() {
    calls.from("192.0.2.99");
    for (int i = 0; i < VerifiedContacts.BEGUN_PER_HOUR; i++) {
      calls.giveUp(begun(to("many" + i + "@example.invalid")));
    }

    Answer next = calls.book(key(), to("last@example.invalid"));
    Answer elsewhere = calls.from("192.0.2.98").book(key(), to("last@example.invalid"));

    assertThat(next.status()).isEqualTo(429);
    assertThat(elsewhere.status()).isEqualTo(202);
  }

  @Test
  void whatCannotBeCountedIsNotSent() {
    int lost = 0;
    for (int writes = 0; ; writes++) {
      rows.clear();
      codes.clear();
      rows.loseAfter(writes);
      Answer answer = calls.book(key(), desk.body(offers.slot(wanted)));
      boolean isCounted = rows.text().contains("code of the day#");
      rows.recover();
      assertThat(codes.sent().isEmpty() || isCounted).as("after %d writes", writes).isTrue();
      if (answer.status() == 202) {
        break;
      }
      lost++;
      assertThat(answer.status()).isGreaterThanOrEqualTo(429);
    }
    assertThat(lost).isGreaterThan(5);
  }

  /** Beyond the share of forms, the verification goes on; the time is then a matter of luck. */
  @Test
  void verificationsHoldNoMoreThanAThirdOfADay() {
    int begun = 0;
    for (int halfHour = 0; halfHour < 12; halfHour++) {
      Offer offer = offers.office(0, halfHour);
      String body = desk.body(offers.slot(offer));
      Answer answer = calls.book(key(), body);
      begun += answer.status() == 202 ? 1 : 0;
    }

    assertThat(begun).isEqualTo(12);
    assertThat(held()).hasSizeBetween(3, 6);
    assertThat(codes.sent()).hasSize(12);
    Offer free = offers.office(0, 11);
    List<Answer> both =
        List.of(
            calls.book(key(), desk.body(offers.slot(free))),
            calls.book(key(), desk.body(offers.slot(free))));
    Answer first = proved(id(both.get(0)));
    Answer second = proved(id(both.get(1)));
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(second.type()).isEqualTo("slot-taken");
  }

  @Test
  void oneTimeIsHeldTenTimesADayAndThenBookedWithoutAHold() {
    for (int i = 0; i < 10; i++) {
      String id = begun(desk.body(offers.slot(wanted)));
      assertThat(held()).hasSize(1);
      calls.giveUp(id);
    }

    String id = begun(desk.body(offers.slot(wanted)));

    assertThat(held()).isEmpty();
    assertThat(proved(id).status()).isEqualTo(201);
  }

  private String to(String address) {
    return desk.body(offers.slot(wanted))
        .replaceFirst("\"email\":\"[^\"]+\"", "\"email\":\"" + address + "\"");
  }
}
