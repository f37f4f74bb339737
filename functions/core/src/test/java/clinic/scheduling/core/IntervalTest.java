package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final Instant NINE = Instant.parse("2027-03-16T09:00:00Z");
  private final Interval halfAnHour = Interval.of(NINE, Duration.ofMinutes(30));

  @Test
  void touchingIsNotOverlapping() {
    Interval next = Interval.of(halfAnHour.end(), Duration.ofMinutes(30));

    assertThat(halfAnHour.overlaps(next)).isFalse();
    assertThat(next.overlaps(halfAnHour)).isFalse();
  }

  @Test
  void oneCommonSecondIsOverlapping() {
    Interval next = Interval.of(halfAnHour.end().minusSeconds(1), Duration.ofMinutes(30));

    assertThat(halfAnHour.overlaps(next)).isTrue();
    assertThat(next.overlaps(halfAnHour)).isTrue();
    assertThat(halfAnHour.overlaps(halfAnHour)).isTrue();
  }

  @Test
  void anIntervalInsideAnotherOverlapsIt() {
    Interval inside = Interval.of(NINE.plusSeconds(600), Duration.ofMinutes(5));

    assertThat(halfAnHour.overlaps(inside)).isTrue();
    assertThat(inside.overlaps(halfAnHour)).isTrue();
  }

  @Test
  void buffersMakeItLongerOnTheirOwnSide() {
    Interval wide = halfAnHour.widened(Duration.ofMinutes(5), Duration.ofMinutes(10));

    assertThat(wide.start()).isEqualTo("2027-03-16T08:55:00Z");
    assertThat(wide.end()).isEqualTo("2027-03-16T09:40:00Z");
    assertThat(wide.length()).isEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void anEmptyOrBackwardIntervalCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(NINE, NINE));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(NINE, NINE.minusSeconds(1)));
  }
}
