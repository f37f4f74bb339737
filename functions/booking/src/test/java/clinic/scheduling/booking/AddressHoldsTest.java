package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.Offers.Offer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An address holds as many times at once as it may; only holds that are active count. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
@TestProfile(TwoHolds.class)
class AddressHoldsTest extends BookingCase {
  @Inject Offers offers;

  @BeforeEach
  void now() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    calls.from("192.0.2.1");
  }

  @Test
  void aThirdHoldIsRefusedUntilOneOfTheOthersHasEnded() {
    Answer first = hold(0, 0);
    Answer second = hold(1, 0);

    Answer third = hold(2, 0);
    Answer elsewhere = calls.from("192.0.2.2").hold(slot(2, 1));
    calls.from("192.0.2.1").release(token(first));
    Answer again = hold(2, 0);

    assertThat(second.status()).isEqualTo(201);
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.headers()).containsKey("Retry-After");
    assertThat(elsewhere.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
  }

  @Test
  void aHoldThatIsExtendedGoesOnCounting() {
    Answer first = hold(0, 0);
    hold(1, 0);
    clock.move(Duration.ofMinutes(4));
    calls.extend(token(first));
    clock.move(Duration.ofMinutes(2));

    Answer second = hold(2, 0);
    Answer third = hold(3, 0);

    assertThat(second.status()).isEqualTo(201);
    assertThat(third.status()).isEqualTo(429);
  }

  @Test
  void aHoldThatWasRefusedDoesNotCount() {
    int others = 0;
    while (calls.from("192.0.2." + (10 + others)).hold(slot(0, others)).status() == 201) {
      others++;
    }
    calls.from("192.0.2.1");

    Answer taken = hold(0, 0);
    Answer alsoTaken = hold(0, 1);
    Answer beyondTheShare = hold(0, others + 1);
    Answer alsoBeyond = hold(0, others + 2);

    assertThat(taken.type()).isEqualTo(alsoTaken.type()).isEqualTo("slot-taken");
    assertThat(beyondTheShare.status()).isEqualTo(alsoBeyond.status()).isEqualTo(429);
    assertThat(hold(1, 0).status()).isEqualTo(201);
    assertThat(hold(2, 0).status()).isEqualTo(201);
  }

  @Test
  void noHoldLastsLongerThanUntilItsVisitBegins() {
    Offer wanted = offers.office(0, 3);
    clock.set(wanted.start().minus(Duration.ofMinutes(6)));

    Answer hold = calls.hold(offers.slot(wanted));
    clock.move(Duration.ofMinutes(3));
    Answer extended = calls.extend(token(hold));

    assertThat(extended.status()).isEqualTo(200);
    assertThat(Instant.parse(extended.body().path("expiresAt").asText())).isEqualTo(wanted.start());
  }

  @Test
  void aHoldThatIsTakenJustBeforeItsVisitEndsWhenTheVisitBegins() {
    Offer wanted = offers.office(0, 3);
    clock.set(wanted.start().minus(Duration.ofMinutes(2)));

    Answer hold = calls.hold(offers.slot(wanted));

    assertThat(Instant.parse(hold.body().path("expiresAt").asText())).isEqualTo(wanted.start());
  }

  private Answer hold(int day, int halfHour) {
    return calls.hold(slot(day, halfHour));
  }

  private String slot(int day, int halfHour) {
    return offers.slot(offers.office(day, halfHour));
  }

  private static String token(Answer answer) {
    return answer.body().path("hold").asText();
  }
}
