package clinic.scheduling.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What else the machine is doing: a busy one measures nothing. */
final class Machine {
  private Machine() {}

  static String now() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%d cores, load %.2f",
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
  }
}
