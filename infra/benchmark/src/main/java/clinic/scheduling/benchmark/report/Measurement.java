package clinic.scheduling.benchmark.report;

/** One part of the benchmark. */
public interface Measurement {
  /**
   * Takes from seconds to minutes, and says on the way how far it is.
   *
   * @throws Exception if it cannot be measured; a figure that is missed is in the table
   */
  Table measure(Progress progress) throws Exception;
}
