package clinic.scheduling.benchmark.lookups;

import clinic.scheduling.slots.SyntheticLookup;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The part of a lookup that is computed and not read from Canvas, for JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SlotComputation {
  /** The factor by which the number of days and of busy intervals is multiplied. */
  @Param({"1", "2", "4", "8"})
  public int times;

  private SyntheticLookup lookup = new SyntheticLookup(1);

  @Setup
  public void prepare() {
    lookup = new SyntheticLookup(times);
  }

  @Benchmark
  public int offers() {
    return lookup.offered();
  }
}
