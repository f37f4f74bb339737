package clinic.scheduling.benchmark.report;

/** One part of the benchmark. */
public interface Measurement {
  /**
   * Measures. It takes from seconds to minutes, and reports progress.
   *
   * @throws Exception if it cannot be measured; the table shows a missed limit
   */
  Table measure(Progress progress) throws Exception;
}
