package clinic.scheduling.benchmark.report;

import java.util.Arrays;
import java.util.Collection;

/** Measured times in milliseconds, sorted. */
public final class Times {
  private final double[] sorted;

  private Times(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * @param nanos not empty
   */
  public static Times of(Collection<Long> nanos) {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] millis = nanos.stream().mapToDouble(one -> one / 1e6).toArray();
    Arrays.sort(millis);
    return new Times(millis);
  }

  /**
   * The smallest measured time that this percentage of the times does not exceed (nearest rank).
   */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  public double p50() {
    return percentile(50);
  }

  public double p99() {
    return percentile(99);
  }

  public double least() {
    return sorted[0];
  }

  public double greatest() {
    return sorted[sorted.length - 1];
  }
}
