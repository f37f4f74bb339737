package clinic.scheduling.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Schedules for every day run by the clock; schedules for certain days run only on request. */
class CronTest {
  private static final Instant NOON = Instant.parse("2027-03-14T12:07:30Z");

  @Test
  void theNextTimeIsLater() {
    assertThat(next("cron(7 * * * ? *)")).isEqualTo(Instant.parse("2027-03-14T13:07:00Z"));
    assertThat(next("cron(0/5 * * * ? *)")).isEqualTo(Instant.parse("2027-03-14T12:10:00Z"));
    assertThat(next("cron(30 3 * * ? *)")).isEqualTo(Instant.parse("2027-03-15T03:30:00Z"));
    assertThat(next("cron(0,9 8-17 ? * * *)")).isEqualTo(Instant.parse("2027-03-14T12:09:00Z"));
    assertThat(next("cron(*/20 */6 * * ? *)")).isEqualTo(Instant.parse("2027-03-14T12:20:00Z"));
  }

  @Test
  void otherExpressionsAreNone() {
    assertThat(Cron.of("cron(0 3 ? * MON *)")).isEmpty();
    assertThat(Cron.of("cron(0 3 1 * ? *)")).isEmpty();
    assertThat(Cron.of("cron(L 3 * * ? *)")).isEmpty();
    assertThat(Cron.of("cron(75 3 * * ? *)")).isEmpty();
    assertThat(Cron.of("rate(1 hour)")).isEmpty();
  }

  private static Instant next(String expression) {
    return Cron.of(expression).orElseThrow().next(NOON);
  }
}
