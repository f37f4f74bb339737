package clinic.scheduling.local.run;

import clinic.scheduling.local.lambda.Loopback;
import java.io.IOException;

/** Takes ports early, and says what to do about one that is in use. */
final class Ports {
  private Ports() {}

  /** Takes the port, or a free one for 0. */
  static Loopback take(int port, String what, String property) {
    try {
      return Loopback.bind(port, what);
    } catch (IOException e) {
      throw inUse(port, what, property);
    }
  }

  static CannotRunException inUse(int port, String what, String property) {
    return new CannotRunException(
        "Port %d for the %s is in use; stop what listens there, or choose another with %s=<port>"
            .formatted(port, what, property));
  }
}
