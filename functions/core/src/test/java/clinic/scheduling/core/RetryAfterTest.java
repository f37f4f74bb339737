package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
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

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none|5",
        "2.128|3",
        "soon|5",
        "7200|7200",
        "99999|43200",
        "Mon, 23 Nov 2026 17:00:42 GMT|42",
        "Mon, 23 Nov 2026 16:00:00 GMT|1",
        "Wed, 25 Nov 2026 17:00:00 GMT|43200",
        "Mon, 23 Nov 2026|5"
      })
  void aDateIsCountedFromNow(String header, long seconds) {
    Instant now = Instant.parse("2026-11-23T17:00:00Z");

    assertThat(RetryAfter.of(header, now)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
