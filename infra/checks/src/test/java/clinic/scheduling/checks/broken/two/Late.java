package clinic.scheduling.checks.broken.two;

import clinic.scheduling.checks.broken.one.Early;
import java.time.Instant;

/** Reads the machine's clock instead of an injected one. */
public record Late(Early early) {
  public static Instant present() {
    return Instant.now();
  }
}
