package clinic.scheduling.benchmark.report;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The load of the machine: figures of a busy machine mean nothing. */
public final class Machine {
  private Machine() {}

  public static String now() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%d cores, load %.2f",
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
  }
}
