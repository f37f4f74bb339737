package clinic.scheduling.local.run;

import clinic.scheduling.sandbox.Sandbox;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;

/** The systems outside ours, as sandboxes. */
final class Outside {
  private Outside() {}

  static Sandbox start(int port, Clock clock) throws IOException {
    try {
      return Sandbox.start(port, clock);
    } catch (BindException e) {
      throw Ports.inUse(port, "sandboxes", "-Dlocal.sandbox.port");
    }
  }

  /** Has Canvas send its notices to us, signed with the newest secret. */
  static void notify(Sandbox sandbox, URI webhook, RunSecrets secrets) {}
}
