package clinic.scheduling.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Percentiles are measured times, and a value equal to its limit is good. */
class TimesTest {
  @Test
  void ofAHundredTimesTheNinetyNinthIsThePercentile() {
    Times times = Times.of(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000).boxed().toList());

    assertThat(times.p50()).isEqualTo(50);
    assertThat(times.p99()).isEqualTo(99);
    assertThat(times.least()).isEqualTo(1);
    assertThat(times.greatest()).isEqualTo(100);
  }

  @Test
  void ofFewTimesTheMostIsThePercentile() {
    Times times = Times.of(List.of(7_000_000L, 3_000_000L, 5_000_000L));

    assertThat(times.p50()).isEqualTo(5);
    assertThat(times.p99()).isEqualTo(7);
  }

  @Test
  void aRatioIsReachedUpToItsLimit() {
    assertThat(new Ratio(1.2, 1.2)).hasToString("1.20 of 1.20 reached");
    assertThat(new Ratio(1.21, 1.2)).hasToString("1.21 of 1.20 missed");
  }
}
