package clinic.scheduling.core.wiring;

import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads the value of a {@code _SECONDS} key: a whole number of seconds, at least one. */
public final class Seconds implements Converter<Duration> {
  private static final long serialVersionUID = 1L;

  @Override
  public Duration convert(String value) {
    int seconds = Integer.parseInt(value.strip());
    if (seconds < 1) {
      throw new IllegalArgumentException("not at least one second: " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }
}
