package clinic.scheduling.local.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds out early that a port is taken. */
final class Ports {
  private Ports() {}

  /** The port itself, or a free one for 0. */
  static int choose(int port, String what, String property) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
