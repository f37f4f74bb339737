package clinic.scheduling.checks.broken.two;

import clinic.scheduling.checks.broken.one.Early;
import java.time.Instant;

/** Asks the machine for the time, though nobody injected it. */
public record Late(Early early) {
  public static Instant present() {
    return Instant.now();
  }
}
