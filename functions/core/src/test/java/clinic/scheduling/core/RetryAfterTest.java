package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider's wish is respected within reason, however it is written. */
class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none,5", "7,7", "2.128,3", "0,1", "-3,1", "soon,5", "99999,900", "NaN,5"})
  void anyHeaderIsADelay(String header, long seconds) {
    assertThat(RetryAfter.of(header)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
