package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void anIntervalHoldsWhatDoesNotLeaveIt() {
    Interval inside = Interval.of(NINE.plusSeconds(600), Duration.ofMinutes(5));
    Interval firstHalf = Interval.of(NINE, Duration.ofMinutes(15));
    Interval early = new Interval(NINE.minusSeconds(1), halfAnHour.end());
    Interval late = new Interval(NINE, halfAnHour.end().plusSeconds(1));

    assertThat(List.of(halfAnHour, inside, firstHalf)).allMatch(halfAnHour::contains);
    assertThat(List.of(early, late)).noneMatch(halfAnHour::contains);
    assertThat(inside.contains(halfAnHour)).isFalse();
  }

  @Test
  void theSpanOfTwoHasBothAndTheTimeBetweenThem() {
    Interval later = Interval.of(NINE.plusSeconds(7200), Duration.ofMinutes(30));
    Interval inside = Interval.of(NINE.plusSeconds(600), Duration.ofMinutes(5));

    assertThat(halfAnHour.spanning(later)).isEqualTo(new Interval(NINE, later.end()));
    assertThat(later.spanning(halfAnHour)).isEqualTo(new Interval(NINE, later.end()));
    assertThat(halfAnHour.spanning(inside)).isEqualTo(halfAnHour);
    assertThat(inside.spanning(halfAnHour)).isEqualTo(halfAnHour);
  }

  @Test
  void whatTwoHaveInCommonIsTheSameEitherWay() {
    Interval later = Interval.of(NINE.plusSeconds(1200), Duration.ofMinutes(30));
    Interval common = new Interval(later.start(), halfAnHour.end());

    assertThat(halfAnHour.and(later)).contains(common);
    assertThat(later.and(halfAnHour)).contains(common);
    assertThat(halfAnHour.and(common)).contains(common);
    assertThat(common.and(halfAnHour)).contains(common);
  }

  @Test
  void thoseThatOnlyTouchHaveNothingInCommon() {
    Interval next = Interval.of(halfAnHour.end(), Duration.ofMinutes(30));
    Interval farAway = Interval.of(NINE.plusSeconds(86_400), Duration.ofMinutes(30));

    assertThat(halfAnHour.and(next)).isEmpty();
    assertThat(next.and(halfAnHour)).isEmpty();
    assertThat(farAway.and(halfAnHour)).isEmpty();
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
