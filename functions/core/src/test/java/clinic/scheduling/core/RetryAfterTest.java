package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We wait as long as a provider asks, within limits, whatever form its {@code Retry-After} has. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T17:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none|5",
        "''|5",
        "7|7",
        "2.128|3",
        "0|1",
        "-3|1",
        "soon|5",
        "NaN|5",
        "0x1p9|5",
        "7s|5",
        "7200|7200",
        "99999|43200",
        "99999999999999999999|43200",
        "Mon, 23 Nov 2026 17:00:42 GMT|42",
        "Monday, 23-Nov-26 17:00:42 GMT|42",
        "Mon Nov 23 17:00:42 2026|42",
        "Mon, 23 Nov 2026 16:00:00 GMT|1",
        "Monday, 23-Nov-26 16:00:00 GMT|1",
        "Mon Nov 23 16:00:00 2026|1",
        "Wed, 25 Nov 2026 17:00:00 GMT|43200",
        "Wednesday, 25-Nov-26 17:00:00 GMT|43200",
        "Wed Nov 25 17:00:00 2026|43200",
        "Mon, 23 Nov 2026|5"
      })
  void anyFormIsADelayFromNow(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7, 120|120",
        "120,7|120",
        "120, soon|120",
        "soon, 7|7",
        "soon, later|5",
        ", ,7,|7",
        "7, Mon, 23 Nov 2026 17:00:42 GMT|42",
        "Mon, 23 Nov 2026 17:00:42 GMT, 7|42",
        "Mon, 23 Nov 2026 17:00:42 GMT, 120|120",
        "Mon, 23 Nov 2026 17:00:42 GMT,Monday, 23-Nov-26 17:01:00 GMT|60",
        "Mon Nov 23 17:00:42 2026, Monday, 23-Nov-26 17:00:07 GMT|42",
        "99999, 7|43200"
      })
  void ofSeveralTheLongestCounts(String header, long seconds) {
    assertThat(RetryAfter.of(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void whoWaitsWaitsAQuarterOfAnHourAtMost() {
    assertThat(RetryAfter.ofWaiting("99999", NOW)).isEqualTo(Duration.ofMinutes(15));
    assertThat(RetryAfter.ofWaiting("Wed Nov 25 17:00:00 2026", NOW))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(RetryAfter.ofWaiting("Mon, 23 Nov 2026 17:00:42 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(42));
    assertThat(RetryAfter.ofWaiting(null, NOW)).isEqualTo(RetryAfter.USUAL);
  }

  @Test
  void aHeaderWithoutEndIsNotRead() {
    assertThat(RetryAfter.of("7,".repeat(10_000), NOW)).isEqualTo(RetryAfter.USUAL);
  }

  @Test
  void aDateOfAFractionOfASecondIsWaitedForWhole() {
    assertThat(RetryAfter.of("Mon, 23 Nov 2026 17:00:42 GMT", NOW.plusMillis(1)))
        .isEqualTo(Duration.ofSeconds(42));
  }
}
