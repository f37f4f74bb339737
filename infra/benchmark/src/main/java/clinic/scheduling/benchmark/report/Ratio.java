package clinic.scheduling.benchmark.report;

import java.util.Locale;

/**
 * A measured ratio, and its limit.
 *
 * @param limit the largest value that is good
 */
public record Ratio(double value, double limit) {

  public boolean reached() {
    return value <= limit;
  }

  /** {@code 1.08 of 1.20 reached}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.2f of %.2f %s", value, limit, reached() ? "reached" : "missed");
  }
}
