package clinic.scheduling.local.run;

import clinic.scheduling.local.gateway.ApiPort;
import java.io.IOException;

/** Binds ports early, and says what to do about one that is in use. */
final class Ports {
  private Ports() {}

  /** Binds the port, or a free one for 0. */
  static ApiPort take(int port, String what, String property) {
    try {
      return ApiPort.bind(port, what);
    } catch (IOException e) {
      throw inUse(port, what, property);
    }
  }

  static StartException inUse(int port, String what, String property) {
    return new StartException(
        "Port %d for the %s is in use; stop what listens there, or choose another with %s=<port>"
            .formatted(port, what, property));
  }
}
