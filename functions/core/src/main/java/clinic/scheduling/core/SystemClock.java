package clinic.scheduling.core;

import java.time.Clock;

/** The only place that reads this machine's time; all other code gets a {@link Clock}. */
public final class SystemClock {
  private SystemClock() {}

  public static Clock utc() {
    return Clock.systemUTC();
  }
}
