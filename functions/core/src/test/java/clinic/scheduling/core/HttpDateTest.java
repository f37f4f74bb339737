package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A date in a header is read in each of the three forms of RFC 9110, and written in the form that
 * the RFC requires.
 */
class HttpDateTest {
  private static final Instant NOW = Instant.parse("2026-11-23T17:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
        "Sun Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
        "Sun, 6 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Mon, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "sun, 06 nov 1994 08:49:37 gmt|1994-11-06T08:49:37Z",
        "Sat, 31 Dec 2016 23:59:60 GMT|2016-12-31T23:59:59Z",
        "Monday, 23-Nov-76 17:00:00 GMT|2076-11-23T17:00:00Z",
        "Tuesday, 23-Nov-77 17:00:00 GMT|1977-11-23T17:00:00Z",
        "Monday, 23-Nov-26 17:00:42 GMT|2026-11-23T17:00:42Z",
        "Thu, 29 Feb 2024 00:00:00 GMT|2024-02-29T00:00:00Z"
      })
  void eachFormIsRead(String text, Instant expected) {
    assertThat(HttpDate.parse(text, NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "Mon, 23 Nov 2026",
        "Mon, 23 Nov 2026 17:00:42",
        "Mon, 23 Nov 2026 17:00:42 PST",
        "Mon, 23 Nov 2026 25:00:42 GMT",
        "Mon, 23 Nov 2026 17:60:42 GMT",
        "Mon, 32 Nov 2026 17:00:42 GMT",
        "2026-11-23T17:00:42Z",
        "7"
      })
  void anythingElseIsNoDate(String text) {
    assertThat(HttpDate.parse(text, NOW)).isEmpty();
  }

  @Test
  void theDayIsWrittenWithTwoDigits() {
    assertThat(HttpDate.text(Instant.parse("2026-11-03T07:08:09.9Z")))
        .isEqualTo("Tue, 03 Nov 2026 07:08:09 GMT");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    long seed = Seed.of(HttpDateTest.class);
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      Instant some = NOW.plusSeconds(random.nextInt(2_000_000_000) - 1_000_000_000L);

      assertThat(HttpDate.parse(HttpDate.text(some), NOW))
          .as("seed %d, %s", seed, some)
          .contains(some.truncatedTo(ChronoUnit.SECONDS));
    }
  }
}
