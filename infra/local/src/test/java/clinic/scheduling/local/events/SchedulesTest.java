package clinic.scheduling.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A schedule with a rate runs by the clock; schedules with other expressions run only on request.
 */
class SchedulesTest {
  @Test
  void aRateIsReadWithItsUnit() {
    assertThat(Schedules.rate("rate(1 minute)")).contains(Duration.ofMinutes(1));
    assertThat(Schedules.rate("rate(5 hours)")).contains(Duration.ofHours(5));
    assertThat(Schedules.rate("rate(2 days)")).contains(Duration.ofDays(2));
  }

  @Test
  void otherExpressionsAreNoRate() {
    assertThat(Schedules.rate("cron(0 3 * * ? *)")).isEmpty();
    assertThat(Schedules.rate("rate(1 week)")).isEmpty();
  }
}
