package clinic.scheduling.benchmark.report;

/** One part of the benchmark. */
public interface Measurement {
  /**
   * Measures. It takes from seconds to minutes, and reports progress.
   *
   * @throws Exception if it cannot be measured. A missed limit is no exception: the table shows it
   */
  Table measure(Progress progress) throws Exception;
}
