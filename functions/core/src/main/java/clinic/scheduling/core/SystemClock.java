package clinic.scheduling.core;

import java.time.Clock;

/** The one place that reads the time of this machine; everything else is given a {@link Clock}. */
public final class SystemClock {
  private SystemClock() {}

  public static Clock utc() {
    return Clock.systemUTC();
  }
}
