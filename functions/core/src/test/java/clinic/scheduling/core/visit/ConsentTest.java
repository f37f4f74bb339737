package clinic.scheduling.core.visit;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsentTest {
  private static final Consent WISH =
      new Consent(true, false, Optional.of("es"), Optional.of("America/Denver"));
  private final MovableClock clock = MovableClock.at("2026-01-20T10:00:00Z");
  private final MemoryRows rows = new MemoryRows(clock);

  @Test
  void whatWasSaidIsReadBack() {
    WISH.write("bk-1", rows, clock);

    assertThat(Consent.read("bk-1", rows)).contains(WISH);
    assertThat(Consent.read("bk-2", rows)).isEmpty();
  }

  @Test
  void aRepeatChangesNothingAndALaterWishReplacesAnEarlierOne() {
    WISH.write("bk-1", rows, clock);
    WISH.write("bk-1", rows, clock);
    Consent later = new Consent(false, true, Optional.empty(), Optional.empty());
    later.write("bk-1", rows, clock);

    assertThat(Consent.read("bk-1", rows)).contains(later);
  }

  @Test
  void itIsForgottenAfterFourHundredDays() {
    WISH.write("bk-1", rows, clock);
    clock.move(Duration.ofDays(401));

    assertThat(Consent.read("bk-1", rows)).isEmpty();
  }
}
